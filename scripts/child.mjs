import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { projectRoot } from './project.mjs'

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell]
 * @property {string} [cwd] the project by default
 * @property {AbortSignal} [signal] ends the program with SIGTERM
 */

/**
 * Runs a program in the foreground and gives its exit code (128 + number when a signal ended it).
 * Signals that reach this process are handed on, so that whoever stops `npm start` stops the server itself.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runForeground(program, args, options = {}) {
  return exitOf(spawn(program, args, { stdio: 'inherit', cwd: projectRoot, ...options }))
}

/**
 * The same, with everything the program says kept for later: programs that run side by side would talk across each other.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runQuietly(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: projectRoot, ...options })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  }
  const code = await exitOf(child, 'close')
  return { code, output }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {'exit' | 'close'} [event] `close` comes after the last output
 * @returns {Promise<number>}
 */
function exitOf(child, event = 'exit') {
  return new Promise((resolve, reject) => {
    const stopForwarding = forwardSignals(child)
    child.on('error', (error) => {
      // An aborted program still has to end, and is awaited.
      if (error.name === 'AbortError') return
      stopForwarding()
      reject(error)
    })
    child.once(event, (code, signal) => {
      stopForwarding()
      resolve(signal === null ? (code ?? 1) : 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0))
    })
  })
}

/** How often it is looked whether the shell between npm and us has gone. */
const orphanCheckMs = 250

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  const terminate = () => child.kill('SIGTERM')
  // Ctrl-C in a terminal reaches the whole process group, the child included: handing it on would deliver it twice,
  // and a second SIGINT usually means "now, at once". Without a terminal it was sent to this process alone.
  const interrupt = () => (process.stdin.isTTY ? undefined : child.kill('SIGINT'))
  const orphanCheck = setInterval(() => (isOrphan() ? terminate() : undefined), orphanCheckMs).unref()
  process.on('SIGHUP', terminate)
  process.on('SIGTERM', terminate)
  process.on('SIGINT', interrupt)
  return () => {
    clearInterval(orphanCheck)
    process.off('SIGHUP', terminate)
    process.off('SIGTERM', terminate)
    process.off('SIGINT', interrupt)
  }
}

const parentAtStart = process.ppid

/**
 * npm runs a script as `sh -c …` and hands SIGTERM to that shell, which dies of it and tells nobody: without this,
 * stopping `npm start` by its process id would leave the server running, and the port taken.
 */
function isOrphan() {
  return process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parentAtStart
}
