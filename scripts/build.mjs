import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runForeground } from './child.mjs'
import { environmentWith } from './node.mjs'
import { Advice, installed, projectRoot } from './project.mjs'

/** What the client is made of. The server is not among it: it runs from its sources. */
const ingredients = ['src', 'public', 'index.html', 'vite.config.ts', 'scripts/bundle', 'package.json', 'package-lock.json']
const notBundled = new Set([join('src', 'server')])

/**
 * Builds the client when `dist` is missing or was made from other sources.
 * @param {string} node
 */
export async function ensureBuilt(node) {
  const stamp = join(projectRoot, 'dist', '.stamp')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources(projectRoot)) return
  const code = await buildClient(node)
  if (code !== 0) throw new Advice(`The app could not be built: vite build ended with code ${code}, its reason stands above.`)
}

/**
 * Vite empties `dist` first, and the stamp with it: an interrupted build is never taken for a whole one.
 * @param {string} node
 */
export async function buildClient(node) {
  const hash = hashSources(projectRoot)
  const code = await runForeground(node, [installed('vite/bin/vite.js'), 'build'], { env: environmentWith(node) })
  if (code === 0) writeFileSync(join(projectRoot, 'dist', '.stamp'), hash)
  return code
}

/**
 * @param {string} root
 * @returns {string}
 */
export function hashSources(root) {
  const hash = createHash('sha256')
  for (const ingredient of ingredients) {
    for (const path of filesUnder(root, ingredient)) {
      hash.update(`${path}\0`).update(readFileSync(join(root, path))).update('\0')
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const full = join(root, path)
  if (notBundled.has(path) || !existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full).sort().flatMap((name) => filesUnder(root, join(path, name)))
}
