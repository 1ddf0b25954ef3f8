import type { Goal, Unit } from './benchmark.ts'
import type { BenchmarkResult, GroupResult, MeasureResult } from './results.ts'

const [begin, end] = ['<!-- what the last runs gave: written by npm run bench -->', '<!-- end of what the last runs gave -->']

/** Puts the tables between the marks and leaves everything else as it stands. */
export function withTables(readme: string, results: readonly GroupResult[]): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)]
  if (from < 0 || to < from) throw new Error('bench/README.md has lost the marks between which the results stand')
  return `${readme.slice(0, from + begin.length)}\n\n${results.map(section).join('\n\n')}\n\n${readme.slice(to)}`
}

function section({ group, about, machine, benchmarks }: GroupResult): string {
  const { date, commit, node, browser, system, processor, cores, memoryGB, load } = machine
  return [
    `### ${group}`,
    '',
    about,
    '',
    `${date.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, Node ${node}, ${browser}, ${system}, ${cores} cores of ${processor}, ${memoryGB} GB; load ${load[0]} before, ${load[1]} after.`,
    '',
    '| what | median | quarter to three quarters | 95 % | goal | |',
    '|---|---|---|---|---|---|',
    ...benchmarks.flatMap(rows),
  ].join('\n')
}

function rows({ about, measures, rounds, failed }: BenchmarkResult): readonly string[] {
  const head = `| **${about}** (${rounds.length} rounds) | | | | | ${failed === undefined ? '' : '**missed**'} |`
  return [head, ...measures.map(row), ...(failed === undefined ? [] : [`| could not be run: ${failed.replaceAll('|', '/')} | | | | | |`])]
}

function row({ name, unit, goal, isMet, summary, against }: MeasureResult): string {
  const { median, lowerQuarter, upperQuarter, p95 } = summary
  const ratio = against === undefined ? '' : ` (${plain(against.ratio)} times ${against.name})`
  const verdict = isMet === undefined ? '' : isMet ? 'met' : '**missed**'
  return `| ${name} | ${plain(median)} ${short[unit]}${ratio} | ${plain(lowerQuarter)} – ${plain(upperQuarter)} | ${plain(p95)} | ${goal === undefined ? '' : goalWords(goal, unit)} | ${verdict} |`
}

const short: Readonly<Record<Unit, string>> = { ms: 'ms', B: 'B', kB: 'kB', MB: 'MB', count: '', times: '×', points: '', 'per second': '/s' }

function goalWords({ of, limit, value }: Goal, unit: Unit): string {
  return `${of === 'p95' ? '95 % ' : ''}${limit === 'at most' ? '≤' : '≥'} ${plain(value)} ${short[unit]}`.trim()
}

/** Three digits that mean something; of what is less than a hundredth, thousandths are all that the results keep. */
function plain(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3
  return String(Number(value.toFixed(digits)))
}
