import type { GroupResult } from './results.ts'

const [begin, end] = ['<!-- numbers of bench/results: written by npm run bench -->', '<!-- end of the numbers -->']

/** What a campaign does in a day, from which everything below is reckoned. */
export const assumed = { days: 300, changesPerEntry: 2, syncsPerPhoneADay: 20, peakShareOfDay: 0.2, phonesPerDesk: 50, deskRequestsAMinute: 6, hoursAtTheDesk: 6 } as const

const decades = [
  { entries: 1e3, phones: 10 }, { entries: 1e4, phones: 100 }, { entries: 1e5, phones: 1e3 }, { entries: 1e6, phones: 1e4 }, { entries: 1e7, phones: 1e5 },
] as const

/** Puts the numbers between the marks of `docs/scale.md` and leaves everything else as it stands. */
export function withNumbers(text: string, results: readonly GroupResult[]): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error('docs/scale.md has lost the marks between which the numbers stand')
  const measured = measuredIn(results)
  return `${text.slice(0, from + begin.length)}\n\n${measuredTable(measured)}\n\n${modelTable(measured)}\n\n${text.slice(to)}`
}

/** The median of a measure, or null where that benchmark has not run yet. */
type Measured = (group: string, benchmark: string, measure: string) => number | null

export function measuredIn(results: readonly GroupResult[]): Measured {
  return (group, benchmark, measure) => results.find(({ group: name }) => name === group)?.benchmarks.find(({ name }) => name === benchmark)?.measures.find(({ name }) => name === measure)?.summary.median ?? null
}

const growthOf = (database: string) => [1e4, 1e6].flatMap((entries): readonly (readonly [string, string, string, string])[] => [
  [`a change alone, on ${grouped(entries)} entries, ${database}`, 'million', `growth-${database}`, `processor per change, alone, of ${grouped(entries)}`],
  [`a change in runs, on ${grouped(entries)} entries, ${database}`, 'million', `growth-${database}`, `processor per change, in runs, of ${grouped(entries)}`],
])
const page = 'filtered, sorted page of 50, processor'
const measuredRows: readonly (readonly [string, string, string, string])[] = [
  ['a change alone, 1 client, SQLite', 'server', 'single-changes-SQLite', 'processor of the server per change, 1 client'],
  ['a change alone, 32 clients, SQLite', 'server', 'single-changes-SQLite', 'processor of the server per change, 32 clients'],
  ['a change alone, 32 clients, PostgreSQL: the server', 'server', 'single-changes-PostgreSQL', 'processor of the server per change, 32 clients'],
  ['a change alone, 32 clients, PostgreSQL: the database', 'server', 'single-changes-PostgreSQL', 'processor of PostgreSQL per change, 32 clients'],
  ['a change in runs, SQLite', 'server', 'waiting-changes-SQLite', 'processor of the server per change, of 10,000'],
  ['a change in runs, PostgreSQL: the server', 'server', 'waiting-changes-PostgreSQL', 'processor of the server per change, of 10,000'],
  ['a phone asks and nothing is new, SQLite', 'server', 'pulling-SQLite', 'processor of the server per request without news'],
  ...[1e4, 1e5].flatMap((entries) => ['SQLite', 'PostgreSQL'].map((database) => [`a page of the desk, ${grouped(entries)} entries, ${database}`, 'desk', `reading-${entries}-${database}`, page] as const)),
  ...['SQLite', 'PostgreSQL'].map((database) => [`a page of the desk, 1,000,000 entries, ${database}`, 'million', `reading-1000000-${database}`, page] as const),
  ...['SQLite', 'PostgreSQL'].flatMap(growthOf),
]

function measuredTable(measured: Measured): string {
  const rows = measuredRows.map(([what, ...place]) => `| ${what} | ${told(measured(...place), 'ms')} |`)
  return ['**Measured: milliseconds of processor** (medians of the last runs; `bench/README.md` has machine, load and spread)', '', '| what | processor |', '|---|---|', ...rows].join('\n')
}

function modelTable(measured: Measured): string {
  const costs: Costs = {
    alone: measured('server', 'single-changes-SQLite', 'processor of the server per change, 32 clients'),
    idle: measured('server', 'pulling-SQLite', 'processor of the server per request without news'),
    desk: [measured('desk', 'reading-10000-SQLite', page), measured('desk', 'reading-100000-SQLite', page)],
    bytesOfEntry: measured('wire', 'bytes-per-entry', 'batch of 10'), bytesOfNothing: measured('wire', 'bytes-per-entry', 'nothing to sync'),
  }
  return [
    '**Modelled: what the busiest hour asks of the processors** (from the numbers above and the assumptions below; nothing here was run)', '',
    '| entries | phones | changes a second | syncs without news a second | desk requests a second | cores for changes | for syncs | for the desk | on the line a day |', '|---|---|---|---|---|---|---|---|---|',
    ...decades.map((decade) => modelRow(decade, costs)),
  ].join('\n')
}

interface Costs {
  readonly alone: number | null
  readonly idle: number | null
  /** Of a page at 10,000 and at 100,000 entries. */
  readonly desk: readonly [number | null, number | null]
  readonly bytesOfEntry: number | null
  readonly bytesOfNothing: number | null
}

/** The load of a campaign of this size, a second of its busiest hour. */
export function loadOf({ entries, phones }: { readonly entries: number; readonly phones: number }): { readonly changes: number; readonly syncs: number; readonly desk: number } {
  const inPeak = (aDay: number) => (aDay * assumed.peakShareOfDay) / 3600
  return { changes: inPeak((entries * assumed.changesPerEntry) / assumed.days), syncs: inPeak(phones * assumed.syncsPerPhoneADay), desk: (Math.ceil(phones / assumed.phonesPerDesk) * assumed.deskRequestsAMinute) / 60 }
}

function modelRow(decade: (typeof decades)[number], { alone, idle, desk: [few, many], bytesOfEntry, bytesOfNothing }: Costs): string {
  const { changes, syncs, desk } = loadOf(decade)
  // A page walks arrays of the campaign: a fixed part and one that grows with the entries. Above a million a campaign is divided, so that none grows further.
  const slope = few === null || many === null ? null : Math.max(0, many - few) / 9e4
  const pageMs = few === null || slope === null ? null : few + slope * (Math.min(decade.entries, 1e6) - 1e4)
  const cores = (perSecond: number, ms: number | null) => (ms === null ? null : (perSecond * Math.max(ms, 0)) / 1000)
  const bytes = bytesOfEntry === null || bytesOfNothing === null ? null : ((decade.entries / assumed.days) * bytesOfEntry + decade.phones * assumed.syncsPerPhoneADay * bytesOfNothing) / 1e6
  return `| ${grouped(decade.entries)} | ${grouped(decade.phones)} | ${told(changes)} | ${told(syncs)} | ${told(desk)} | ${told(cores(changes, alone))} | ${told(cores(syncs, idle))} | ${told(cores(desk, pageMs))} | ${told(bytes, 'MB')} |`
}

function grouped(value: number): string {
  return value.toLocaleString('en')
}

function told(value: number | null, unit = ''): string {
  if (value === null) return 'not run yet'
  if (value > 0 && value < 0.001) return `< 0.001 ${unit}`.trim()
  return `${value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(2)))} ${unit}`.trim()
}
