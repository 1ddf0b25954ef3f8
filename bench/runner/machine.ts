import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** What the numbers depend on, and nothing that names the machine or its owner. */
export interface Machine {
  readonly date: string
  /** With `+` where the working tree held changes that are in no commit. */
  readonly commit: string
  readonly node: string
  readonly browser: string
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGB: number
  /** How many programs wanted a core in the last minute: before the first round and after the last one. */
  readonly load: readonly [number, number]
}

export function lookAtMachine(chromium: string): Machine {
  const [processor] = cpus()
  return {
    date: new Date().toISOString(),
    commit: `${git('rev-parse', '--short', 'HEAD')}${changes() === '' ? '' : '+'}`,
    node: process.versions.node,
    browser: execFileSync(chromium, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split(' ').slice(0, 2).join(' '),
    system: `${type()} ${release().split('-')[0] ?? ''}`,
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1024 ** 3),
    load: [currentLoad(), NaN],
  }
}

export function currentLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10
}

/** What a run itself writes is no change of what was measured. */
function changes(): string {
  return git('status', '--porcelain', '--', '.', ':!bench/results', ':!bench/README.md')
}

/** A copy without its history can be measured too. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}
