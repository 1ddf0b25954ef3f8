// The gate: `npm test`. Every stage runs, even after a failed one, and the last line counts over all of them.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { buildClient } from './build.mjs'
import { runForeground, runQuietly } from './child.mjs'
import { ensureChromium, ensureHeadless } from './chromium.mjs'
import { failuresOfPlaywright, failuresOfStep, failuresOfVitest, namedAgain } from './failures.mjs'
import { environmentWith } from './node.mjs'
import { prepare } from './prepare.mjs'
import { Advice, installed } from './project.mjs'
import { makeScratch } from './scratch.mjs'
import { sum, tallyPlaywright, tallyStep, tallyVitest } from './tally.mjs'

const lintFlags = ['--type-aware', '--deny-warnings', '--report-unused-disable-directives']
const reports = installed('.cache/gate')
const deep = process.env['TERRAIN_TEST'] === 'deep'
/** A stage that hangs is ended and counted as failed, so that the last line is always reached. */
const stageLimitMs = (deep ? 180 : 20) * 60_000

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @type {{ name: string, seconds: number, tally: Tally }[]} */
const results = []
/** @type {string[]} */
const failures = []
let interrupted = false
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => (interrupted = true))
}

const scratch = makeScratch()
await stage('gate', runStages, { onlyWhenFailed: true })
scratch.remove()
report()

/** @returns {Promise<Tally>} whether the stages could run at all */
async function runStages() {
  const node = await prepare()
  mkdirSync(reports, { recursive: true })
  const env = environmentWith(node)
  // Hundreds of processes of the same few files are started here: what Node has read and compiled once, the next one finds.
  env['NODE_COMPILE_CACHE'] = installed('.cache/node')
  env['TMPDIR'] = scratch.folder
  await Promise.all([
    // One checker a project: several work out the same types each for itself, which took a third more of two cores.
    stage('types', () => quietStep(node, ['typescript/bin/tsc', '-b', '--checkers', '1'], env)),
    stage('lint', () => quietStep(node, ['oxlint/bin/oxlint', ...lintFlags], env)),
  ])
  const build = await stage('build', async () => tallyStep(await buildClient(node)))
  const chromium = await stage('chromium', async () => {
    env['CHROMIUM'] = await ensureChromium(node)
    env['CHROMIUM_HEADLESS'] = await ensureHeadless(env['CHROMIUM'])
    return tallyStep(0)
  })
  // PostgreSQL needs nothing here: the first test that asks for it starts the one that npm brought (tests/support/postgres).
  await stage('tests', () => runVitest(node, env))
  await stage('browser', () => {
    if (build.failed + chromium.failed === 0) return runPlaywright(node, env)
    throw new Advice('Not run: the browser tests need the built app and Chromium.')
  })
  return tallyStep(0)
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function runVitest(node, env) {
  const file = freshReport('vitest.json')
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runForeground(node, [installed('vitest/vitest.mjs'), 'run', ...flags], limited(env))
  const written = readReport(file)
  failures.push(...failuresOfVitest(written))
  return tallyVitest(written, code)
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function runPlaywright(node, env) {
  const file = freshReport('playwright.json')
  const args = [installed('@playwright/test/cli.js'), 'test', '--reporter=list,json']
  const code = await runForeground(node, args, limited({ ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }))
  const written = readReport(file)
  failures.push(...failuresOfPlaywright(written))
  return tallyPlaywright(written, code)
}

/**
 * @param {string} node
 * @param {readonly [string, ...string[]]} tool with its arguments
 * @param {NodeJS.ProcessEnv} env
 */
async function quietStep(node, [tool, ...args], env) {
  const { code, output } = await runQuietly(node, [installed(tool), ...args], limited(env))
  process.stdout.write(output)
  failures.push(...failuresOfStep(tool, code, output))
  return tallyStep(code)
}

/** @param {NodeJS.ProcessEnv} env */
function limited(env) {
  return { env, signal: AbortSignal.timeout(stageLimitMs) }
}

/**
 * @param {string} name
 * @param {() => Promise<Tally>} run
 * @param {{ onlyWhenFailed?: boolean }} [listed]
 * @returns {Promise<Tally>}
 */
async function stage(name, run, { onlyWhenFailed = false } = {}) {
  const startedAt = performance.now()
  const tally = await attempt(name, run)
  const seconds = (performance.now() - startedAt) / 1000
  if (!onlyWhenFailed || tally.failed > 0) results.push({ name, seconds, tally })
  return tally
}

/**
 * @param {string} name
 * @param {() => Promise<Tally>} run
 * @returns {Promise<Tally>}
 */
async function attempt(name, run) {
  if (interrupted) return tallyStep(1)
  try {
    return await run()
  } catch (error) {
    console.error(`${name}:`, error instanceof Advice ? error.message : error)
    return tallyStep(1)
  }
}

/** @param {string} name */
function freshReport(name) {
  const file = `${reports}/${name}`
  rmSync(file, { force: true })
  return file
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function report() {
  if (failures.length > 0) console.log(`\n${namedAgain(failures)}`)
  console.log('')
  for (const { name, seconds, tally } of results) {
    const counts = `${String(tally.passed).padStart(5)} passed ${String(tally.failed).padStart(4)} failed`
    console.log(`${name.padEnd(10)}${seconds.toFixed(1).padStart(7)} s ${counts}`)
  }
  console.log(`${'all'.padEnd(10)}${(performance.now() / 1000).toFixed(1).padStart(7)} s`)
  const { passed, failed } = sum(results.map((result) => result.tally))
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
