import { readFileSync, readdirSync, writeFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second, on every machine. */
const tickMs = 10

/** Milliseconds of processor that a process has used since its start, all its threads together. It waits for nobody, so it travels between machines as far as clocks do. */
export function processorMs(pid: number): number {
  const { user, system } = countsOf(pid)
  return (user + system) * tickMs
}

/** The same of a process, its children and those that have ended: a PostgreSQL is a family. */
export function familyProcessorMs(pid: number): number {
  const own = countsOf(pid)
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => countsOf(Number(name))).filter(({ parent }) => parent === pid)
  return [own, ...children].reduce((sum, { user, system }) => sum + user + system, own.ended) * tickMs
}

export function parentOf(pid: number): number {
  return countsOf(pid).parent
}

/** From here on `peakMB` tells of what comes now. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** The most that a process has held in memory at once, shared libraries included. */
export function peakMB(pid: number): number {
  return statusMB(pid, 'VmHWM')
}

export function residentMB(pid: number): number {
  return statusMB(pid, 'VmRSS')
}

function statusMB(pid: number, name: string): number {
  return (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6
}

interface Counts {
  readonly parent: number
  readonly user: number
  readonly system: number
  /** Of children that were waited for. */
  readonly ended: number
}

/** Nothing of a process that has ended meanwhile. */
function countsOf(pid: number): Counts {
  try {
    // The name in brackets may hold anything; behind it come the state and the parent.
    const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ').map(Number)
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return { parent: fields[1] ?? 0, user, system, ended: endedUser + endedSystem }
  } catch {
    return { parent: 0, user: 0, system: 0, ended: 0 }
  }
}
