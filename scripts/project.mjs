import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json, wherever the script was started from. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * A file of an installed package, given by its path inside node_modules.
 * @param {string} path
 */
export function installed(path) {
  return join(projectRoot, 'node_modules', path)
}

/** A failure that the person at the terminal can act on: shown as one sentence, without a stack. */
export class Advice extends Error {}

/**
 * Runs the body of a script. What the person can act on is printed as a sentence, everything else with its stack.
 * @param {() => Promise<number>} body gives the exit code
 */
export async function runScript(body) {
  try {
    process.exitCode = await body()
  } catch (error) {
    console.error(error instanceof Advice ? error.message : error)
    process.exitCode = 1
  }
}
