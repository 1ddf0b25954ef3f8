import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import process from 'node:process'
import { expect, it } from 'vitest'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
const histories = isDeep ? 20_000 : 64
const [days, volunteers] = isDeep ? [30, 60] : [6, 4]
const given = process.env['TERRAIN_SEED']
const first = given === undefined ? randomInt(1, 1_000_000_000) : Number(given)
/** Side by side, each in a process of its own. */
const shares = [0, 1].map((share) => ({ seed: first + (share * histories) / 2, count: histories / 2 }))

it(`[GR19] ${histories} histories of five phones and their server, with crashes, lost requests, restores, copies and wrong clocks: no promise is broken (TERRAIN_SEED=${first})`, { timeout: histories * 30_000 }, async () => {
  console.log(`histories from TERRAIN_SEED=${first}; one of them: npm run simulate -- --seed N`)
  const said = await Promise.all(shares.map(({ seed, count }) => lived(seed, count)))
  for (const output of said) console.log(output.trimEnd().split('\n').slice(-12).join('\n'))
  expect(said.map((output) => /^\d+ histories from seed \d+: 0 violations$/m.exec(output)?.[0])).toEqual(shares.map(({ seed, count }) => `${count} histories from seed ${seed}: 0 violations`))
})

it(`[GR941] ${days} days of ${volunteers} volunteers and two desks, with a backup each night, a server that is lost in the middle of a day and phones that are lost for good: no promise is broken (TERRAIN_SEED=${first})`, { timeout: days * volunteers * 30_000 }, async () => {
  const said = await simulated('--seed', String(first), '--days', String(days), '--volunteers', String(volunteers))
  console.log(said.trimEnd().split('\n').slice(-12).join('\n'))
  expect(said).toMatch(new RegExp(String.raw`^${days} days of ${volunteers} volunteers, .*: \d+ saves confirmed, 0 violations$`, 'm'))
})

/** What the program says; it ends at the first violation and names it. */
function lived(seed: number, count: number): Promise<string> {
  return simulated('--seed', String(seed), '--histories', String(count))
}

function simulated(...about: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['tests/simulation/run.ts', ...about], { maxBuffer: 64_000_000 }, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`))
  })
}
