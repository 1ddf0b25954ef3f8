import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../scripts/chromium.mjs'
import { ensureInstalled } from '../scripts/install.mjs'
import { Advice, runScript } from '../scripts/project.mjs'
import { groups } from './groups.ts'
import type { Group } from './runner/benchmark.ts'
import { lookAtMachine } from './runner/machine.ts'
import { missed, readResults, writeResult } from './runner/results.ts'
import { runGroup } from './runner/run-group.ts'
import { withTables } from './runner/table.ts'
import { withNumbers } from './runner/scale.ts'

const folder = import.meta.dirname
const [results, readme, scale] = [join(folder, 'results'), join(folder, 'README.md'), join(folder, '../docs/scale.md')]

// Playwright ends its browsers at these signals, and the run would go on without them.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.on(signal, () => process.exit(code))

/** `npm run bench` runs every group but the long ones, `npm run bench -- volunteer` one. Ends with 1 when a goal was missed. */
await runScript(async () => {
  const chosen = chooseGroups(process.argv.slice(2))
  const chromium = await findChromium()
  if (chromium === null) throw new Advice('No Chromium was found: `npm run bench` installs one where it can.')
  if (chosen.some(({ needsPackages }) => needsPackages === true)) await ensureInstalled(folder)
  const notMet: string[] = []
  for (const group of chosen) {
    const result = await runGroup(group, { chromium, say: (line) => console.log(line) }, lookAtMachine(chromium))
    writeResult(results, result)
    writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), readResults(results, groups)))
    writeFileSync(scale, withNumbers(readFileSync(scale, 'utf8'), readResults(results, groups)))
    notMet.push(...missed(result).map((what) => `${group.name}: ${what}`))
  }
  console.log(notMet.length === 0 ? 'Every goal was met.' : `Missed:\n${notMet.map((what) => `  ${what}`).join('\n')}`)
  return notMet.length === 0 ? 0 : 1
})
// A benchmark that broke may have left a server open, which would hold this program.
process.exit()

function chooseGroups(names: readonly string[]): readonly Group[] {
  const unknown = names.find((name) => !groups.some((group) => group.name === name))
  if (unknown !== undefined) throw new Advice(`There is no group "${unknown}": ${groups.map(({ name }) => name).join(', ')}.`)
  return names.length === 0 ? groups.filter(({ isLong }) => isLong !== true) : groups.filter(({ name }) => names.includes(name))
}
