/** A benchmark prepares once, is warmed up, and is then measured round by round; every round gives the numbers that `measures` names. */
export interface Benchmark {
  readonly name: string
  /** What it does, in the words of the table. */
  readonly about: string
  readonly warmUps: number
  readonly rounds: number
  readonly measures: readonly Measure[]
  readonly prepare: (ground: Ground) => Promise<Prepared>
}

export interface Ground {
  /** The browser's program. */
  readonly chromium: string
  readonly say: (line: string) => void
}

export interface Prepared {
  /** One round. Where there is a peer it runs here too, right after Terrain: what disturbs one then disturbs the other. */
  readonly round: () => Promise<Samples>
  readonly close: () => Promise<void>
}

/** By the name of the measure; a round may give several samples of one. */
export type Samples = Readonly<Record<string, readonly number[]>>

export interface Measure {
  readonly name: string
  readonly unit: Unit
  readonly goal?: Goal
  /** The measure of the same benchmark that this one is compared with: a peer, or what the machine can do at best. */
  readonly against?: string
}

export type Unit = 'ms' | 'B' | 'kB' | 'MB' | 'count' | 'times' | 'points' | 'per second'

export interface Goal {
  readonly of: 'median' | 'p95'
  readonly limit: 'at most' | 'at least'
  readonly value: number
}

/** What `npm run bench -- GROUP` runs. */
export interface Group {
  readonly name: string
  readonly about: string
  /** Whether it uses programs of `bench/package.json`, which are installed only then. */
  readonly needsPackages?: boolean
  /** Runs only when it is named: it takes longer than all others together. */
  readonly isLong?: boolean
  /** What its benchmarks share is made once, when the first of them asks for it, and ends with `close`. */
  readonly open: (ground: Ground) => OpenGroup
}

export interface OpenGroup {
  readonly benchmarks: readonly Benchmark[]
  readonly close: () => Promise<void>
}
