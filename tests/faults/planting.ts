import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import type { PlantedFault } from './planted.ts'

const run = promisify(execFile)
const root = process.cwd()
const copied = ['src', 'tests', 'demo', 'scripts', 'bench', 'package.json', 'tsconfig.json', 'vitest.config.ts']
/** As many as the gate lives of the healthy product. */
const mostHistories = 300

/** A copy of the project in which one fault after the other can stand; the packages are the same. */
export interface Ground {
  readonly folder: string
  /** Puts the fault in; what it gives takes it out again. */
  readonly plant: (patch: string) => () => void
  readonly remove: () => void
}

export function createGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'terrain-fault-'))
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('node_modules') })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const apply = (patch: string, ...flags: readonly string[]): void => void execFileSync('git', ['apply', ...flags, join(root, 'tests/faults/patches', `${patch}.patch`)], { cwd: folder })
  return {
    folder,
    plant: (patch) => {
      apply(patch)
      return () => apply(patch, '--reverse')
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What the fault was caught by, in the words of who caught it; null when nobody did. */
export async function caught(folder: string, { caughtBy }: PlantedFault): Promise<string | null> {
  return 'file' in caughtBy ? failedTest(folder, caughtBy) : violation(folder, caughtBy.historiesFrom)
}

async function violation(folder: string, from: number): Promise<string | null> {
  const { code, output } = await ended(folder, ['tests/simulation/run.ts', '--seed', String(from), '--histories', String(mostHistories)])
  // Anything else that ends the program is no catch: it might as well have failed to start.
  return code === 1 ? (/^violations in the (history of seed \d+) [\s\S]*?^(I\d: .*)$/m.exec(output)?.slice(1).join(', ') ?? null) : null
}

async function failedTest(folder: string, { file, rule }: { readonly file: string; readonly rule: string }): Promise<string | null> {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  // One failed test is a catch: the others need not run.
  await ended(folder, ['node_modules/vitest/vitest.mjs', 'run', file, '-t', `\\[${rule}`, '--bail=1', '--reporter=json', `--outputFile=${report}`])
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as { readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string; readonly title: string }[] }[] }
  return testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status, title }) => status === 'failed' && title.startsWith(`[${rule}`))?.title ?? null
}

async function ended(folder: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  // Twenty-five starts of the same files: what the first has read, the others find. It goes with the folder.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled'), TERRAIN_PATIENCE_MS: '10000' }
  try {
    const { stdout } = await run(process.execPath, [...args], { cwd: folder, env, maxBuffer: 64_000_000 })
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout = '' } = error as { readonly code?: unknown; readonly stdout?: string }
    return { code: typeof code === 'number' ? code : -1, output: stdout }
  }
}
