import { readFileSync } from 'node:fs'
import { basename, delimiter, join, sep } from 'node:path'
import { runForeground } from './child.mjs'
import { Advice, projectRoot } from './project.mjs'

/**
 * Installs the packages of the lockfile when they are missing or differ from it.
 * @param {string} [folder] of the lockfile: the project's, or that of something that most never run
 * @returns {Promise<void>}
 */
export async function ensureInstalled(folder = projectRoot) {
  const wanted = readLock(join(folder, 'package-lock.json'))
  if (wanted === null) throw new Advice('package-lock.json is missing or damaged: take it from the repository again.')
  if (isInstalled(wanted, readLock(join(folder, 'node_modules', '.package-lock.json')))) return
  console.log('Installing packages (the first time this takes a minute or two) …')
  const { program, args, shell } = npmCommand()
  const env = { ...process.env, PATH: pathWithoutOwnBin(), PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' }
  // Without scripts: no package of the lockfile needs one, and no package gets to run code at install.
  // Only errors are shown: an older npm warns of every package that asks for a newer Node, which will run them.
  // The includes stand against NODE_ENV=production and omit settings: the client is built here.
  const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await runForeground(program, [...args, 'ci', ...flags], { env, shell, cwd: folder })
  if (code !== 0) throw new Advice(`The packages could not be installed: npm ci ended with code ${code}, its reason stands above.`)
}

/**
 * Compares the lockfile with the copy that npm leaves in node_modules when an install has completed, by content:
 * file times mean little after a clone or a branch switch. Packages for other platforms may be absent.
 * @param {LockedPackages} wanted
 * @param {LockedPackages | null} present
 */
export function isInstalled(wanted, present) {
  if (present === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = present[path]
    if (found === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true
    return found.version === entry.version
  })
}

/**
 * @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} LockedPackages
 * @param {string} file
 * @returns {LockedPackages | null}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** The npm that started us, under the Node that ran it: the one in node_modules is about to be replaced. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const usable = npm !== undefined && node !== undefined && basename(npm).startsWith('npm') && !isOurs(node)
  if (usable) return { program: node, args: [npm], shell: false }
  // On Windows npm is a .cmd file, which only a shell can start.
  return { program: 'npm', args: [], shell: process.platform === 'win32' }
}

function pathWithoutOwnBin() {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !isOurs(folder)).join(delimiter)
}

/** @param {string} path */
function isOurs(path) {
  return path.startsWith(join(projectRoot, 'node_modules') + sep)
}
