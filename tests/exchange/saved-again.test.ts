import { expect, it } from 'vitest'
import { csvRows } from '#exchange/csv.ts'
import { importTable } from '#exchange/import-table.ts'
import { aChallenge } from '../support/contents.ts'
import { exportCsv, exported } from '../support/exported.ts'

/** An export as a spreadsheet of another country saves it: its own delimiter, decimal sign and days. */
const savedAgain = (days: readonly string[], dayOf: (parts: readonly string[]) => string) =>
  csvRows(exportCsv('challenge', days.map((observedOn) => exported(aChallenge({ observedOn, lat: 18.5123, lon: -72.2891 })))))
    .map((row) => row.map((cell) => (/^\d{4}-\d\d-\d\d$/.test(cell) ? dayOf(cell.split('-')) : cell.replace(/^(-?\d+)\.(\d+)$/, '$1,$2'))).map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n')

const french = ([year, month, day]: readonly string[]) => `${day}/${month}/${year}`
const american = ([year, month, day]: readonly string[]) => `${Number(month)}/${Number(day)}/${year}`
const readBack = (text: string) => {
  const { accepted = [], refused = [] } = importTable(text) ?? {}
  return [accepted.map(({ content }) => [content.observedOn, content.lat, content.lon]), refused.map(({ row, reason, field }) => [row, reason, field])]
}

it('[EX822] an export that a spreadsheet wrote again with the days of its country comes back as it was', () => {
  const days = ['2026-02-26', '2026-03-04']
  const back = [days.map((day) => [day, 18.51, -72.29]), []]
  expect([readBack(savedAgain(days, french)), readBack(savedAgain(days, american))]).toEqual([back, back])
})

it('[EX822] a day that could be two is refused where no other one tells the order, or two tell another', () => {
  const text = savedAgain(['2026-03-04', '2026-03-05'], french).replaceAll('01/03/2026', '')
  const both = savedAgain(['2026-03-24', '2026-03-25'], french).replace('24/03/2026', '3/24/2026')
  expect([text, both].map((one) => readBack(one)[1])).toEqual([[[3, 'not-a-day', 'observedOn'], [4, 'not-a-day', 'observedOn']], [[3, 'not-a-day', 'observedOn'], [4, 'not-a-day', 'observedOn']]])
})
