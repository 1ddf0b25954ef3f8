import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'

/**
 * What every command needs before Terrain's own code can run.
 * @returns {Promise<string>} the Node to run it with
 */
export async function prepare() {
  await ensureInstalled()
  return findNode()
}
