import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { Advice, installed } from './project.mjs'

const floor = /** @type {const} */ ([24, 12])

/**
 * The Node that runs Terrain: the current one if it is new enough, else the one that came with the install.
 * @returns {string}
 */
export function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const bundled = installed(`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}/bin/${program}`)
  if (existsSync(bundled)) return bundled
  throw new Advice(
    `Terrain needs Node ${floor.join('.')} or newer, this is ${process.versions.node}, and no Node comes with the install ` +
      `on ${process.platform} ${process.arch}: please install Node 24 (https://nodejs.org) and try again.`,
  )
}

/** @param {string} version */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > floor[0] || (major === floor[0] && minor >= floor[1])
}

/**
 * The environment for programs that themselves start `node` or an installed tool by name.
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWith(node) {
  const path = [dirname(node), installed('.bin'), process.env['PATH'] ?? ''].join(delimiter)
  return { ...process.env, PATH: path }
}

/**
 * How the server uses memory where its operator says nothing else (`NODE_OPTIONS`). What a request leaves behind is cleared away four megabytes at a time
 * and not sixteen, and the heap grows by less than V8 would let it on a large machine: under load 195 MB and not 300, for no more of the processor.
 */
export const serverMemory = '--max-semi-space-size=4 --max-old-space-size=1024'

/**
 * How the C library gives room to SQLite, to compression and to long arrays, and takes it back (mallopt(3)): left to itself it keeps what was freed between
 * smaller pieces, in as many heaps as there are threads. Lists of 100,000 entries 198–222 → 167–198 MB, runs of a phone 159–186 → 155–174, in the same time (in turn); with a threshold of a
 * megabyte and less runs took a twelfth longer. A C library that does not know them does as before.
 * @type {Readonly<Record<string, string>>}
 */
export const serverAllocation = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '4000000' }

/**
 * Where Node keeps what it has compiled of the server, types stripped: the next start takes 0.65 s and not 1.0, and 15 MB less. Its name says of which content
 * each piece is, so nothing in it can be too old.
 */
export const serverCache = installed('.cache/node')

/**
 * The environment of the server.
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment(node) {
  return { NODE_OPTIONS: serverMemory, NODE_COMPILE_CACHE: serverCache, ...serverAllocation, ...productEnvironment(node) }
}

/**
 * The environment of the product itself: libraries that have two builds run the one that is meant for use. The report's pages are made by one.
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function productEnvironment(node) {
  return { NODE_ENV: 'production', ...environmentWith(node) }
}
