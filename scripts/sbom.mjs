// Writes what Terrain is made of as CycloneDX, for who has to answer "are you affected by …": `npm run sbom > sbom.json`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, runScript } from './project.mjs'

/**
 * @typedef {{ version: string, license?: string, integrity?: string, optional?: boolean, dependencies?: Names, optionalDependencies?: Names, peerDependencies?: Names, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} Locked
 * @typedef {Record<string, string>} Names
 * @typedef {Record<string, Locked>} Packages
 */

/**
 * The packages that run on a server or a phone, by the lockfile alone: no time, no chance, no folder and no address is in it, so that
 * the same lockfile gives the same bytes.
 * @param {string} [folder]
 * @returns {string}
 */
export function makeSbom(folder = projectRoot) {
  const { name, version, packages } = /** @type {{ name: string, version: string, packages: Packages }} */ (JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')))
  const paths = new Set([''])
  // The set grows while it is walked, until nothing new is needed by what is in it.
  for (const path of paths) for (const needed of neededBy(packages, path)) paths.add(needed)
  const root = `${name}@${version}`
  const graph = [...paths].map((path) => ({ ref: path === '' ? root : refOf(packages, path), dependsOn: [...new Set(neededBy(packages, path).map((needed) => refOf(packages, needed)))].sort() }))
  paths.delete('')
  return `${JSON.stringify({
    bomFormat: 'CycloneDX', specVersion: '1.5', version: 1,
    metadata: { component: { 'bom-ref': root, type: 'application', name, version, purl: `pkg:npm/${root}`, licenses: licensesOf(packages['']) } },
    components: once([...paths].map((path) => componentOf(packages, path)), (component) => component['bom-ref']),
    dependencies: once(graph, ({ ref }) => ref),
  }, null, 1)}\n`
}

/**
 * @param {Packages} packages
 * @param {string} path
 */
function componentOf(packages, path) {
  const { version = '', integrity = '', optional } = packages[path] ?? {}
  const ref = refOf(packages, path)
  return {
    'bom-ref': ref, type: 'library', name: nameOf(path), version, scope: optional === true ? 'optional' : 'required', purl: `pkg:npm/${ref.replace(/^@/, '%40')}`,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }], licenses: licensesOf(packages[path]),
  }
}

/** @param {Locked | undefined} locked */
function licensesOf(locked) {
  if (locked?.license === undefined) return []
  return [/\s/.test(locked.license) ? { expression: locked.license } : { license: { id: locked.license } }]
}

/**
 * What a package names is the nearest of that name from its folder on upwards; a peer that need not be there does not count.
 * @param {Packages} packages
 * @param {string} path
 */
function neededBy(packages, path) {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = packages[path] ?? {}
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta[name]?.optional !== true)
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers].flatMap((name) => {
    for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
      const found = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
      if (found in packages) return [found]
      if (folder === '') return []
    }
  })
}

/**
 * @param {Packages} packages
 * @param {string} path
 */
function refOf(packages, path) {
  return `${nameOf(path)}@${packages[path]?.version ?? ''}`
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/**
 * Sorted by their bytes, whatever the language of the machine; the same version in two folders is one.
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf
 */
function once(items, keyOf) {
  const byKey = new Map(items.map((item) => [keyOf(item), item]))
  return [...byKey.keys()].sort().map((key) => /** @type {Item} */ (byKey.get(key)))
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    process.stdout.write(makeSbom())
    return 0
  })
}
