import { readdirSync, readFileSync } from 'node:fs'

/** What one renderer holds, in bytes: all of it, and what no other process shares. */
export interface RendererMemory {
  readonly pid: number
  readonly resident: number
  readonly own: number
}

/** The renderers of the browser that runs on this profile folder, as Linux counts them. */
export function renderersOf(profileDir: string): readonly RendererMemory[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => ({ pid: Number(name), command: read(`/proc/${name}/cmdline`), parent: parentOf(name) }))
  const family = new Set(all.filter(({ command }) => command.includes(`--user-data-dir=${profileDir}`)).map(({ pid }) => pid))
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid, command }) => family.has(pid) && command.includes('--type=renderer')).map(({ pid }) => memoryOf(pid))
}

function memoryOf(pid: number): RendererMemory {
  const rollup = read(`/proc/${pid}/smaps_rollup`)
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1024
  return { pid, resident: bytes('Rss'), own: bytes('Private_Clean') + bytes('Private_Dirty') }
}

function parentOf(pid: string): number {
  // The name in brackets may hold anything; behind it come the state and the parent.
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1] ?? 0)
}

/** Empty when the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
