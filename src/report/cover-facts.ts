import type { ReportWords } from '#report/say-report.ts'
import type { CoverBlock, ReportKey, Value } from '#report/tree.ts'

/** What stands under the title, label by label. */
export function coverFacts(words: ReportWords, { period, asOf, issue, next, challenges, actions, languages }: CoverBlock): readonly (readonly [ReportKey, string])[] {
  const day = (date: string): Value => ({ is: 'day', day: date })
  return [
    ['report.page.period', words.say({ say: 'report.page.periodDays', with: { from: day(period.from), to: day(period.to) } })],
    ['report.page.asOf', issue === null ? words.day(asOf) : words.say({ say: 'report.page.issue', with: { day: day(asOf), issue: { is: 'number', number: issue } } })],
    ['report.page.entries', words.list([words.value({ is: 'figure', figure: challenges, unit: 'challenges' }), words.value({ is: 'figure', figure: actions, unit: 'actions' })])],
    ...(languages.length === 0 ? [] : [['report.page.languages', words.list(languages.map(words.language))] as const]),
    ...(next === null ? [] : [['report.page.next', words.say({ say: 'report.page.nextDay', with: { day: day(next) } })] as const]),
  ]
}
