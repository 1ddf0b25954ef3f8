/**
 * @typedef {object} Chunk one entry of Vite's manifest
 * @property {string} file
 * @property {string} [name]
 * @property {string} [src]
 * @property {string[]} [imports]
 * @property {string[]} [dynamicImports]
 * @property {string[]} [css]
 * @property {string[]} [assets]
 * @property {boolean} [isEntry]
 * @typedef {Readonly<Record<string, Chunk>>} ViteManifest
 */

/** The desk needs the server anyway: what is only reachable through it stays out of the volunteer's phone. */
const deskOnly = /^src\/(?:coordinator|exchange)\/|^src\/i18n\/[a-z]+\/desk\.ts$|^src\/device\/(?:sync\/desk-calls|store\/kept-writing)\.ts$/
/** What most volunteers never open comes when it is first asked for, and is kept from then on. */
const onDemand = /^src\/volunteer\/map\//

/**
 * The files that a volunteer can ever need, languages included: the precache.
 * @param {ViteManifest} manifest
 */
export function volunteerFiles(manifest) {
  return filesOf(manifest, chunksFrom(manifest, entryOf(manifest), (chunk) => [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []).filter((key) => !deskOnly.test(key) && !onDemand.test(key))]))
}

/**
 * The files that must be there before a page of this chunk works: the chunk and what it imports statically.
 * @param {ViteManifest} manifest
 * @param {string} [from] the entry, when not given
 */
export function firstFiles(manifest, from = entryOf(manifest)) {
  return filesOf(manifest, chunksFrom(manifest, from, (chunk) => chunk.imports ?? []))
}

/** @param {ViteManifest} manifest */
export function entryOf(manifest) {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true)
  if (entry === undefined) throw new Error('the build has no entry')
  return entry
}

/**
 * @param {ViteManifest} manifest
 * @param {string} from
 * @param {(chunk: Chunk) => readonly string[]} nextOf
 */
function chunksFrom(manifest, from, nextOf) {
  const seen = new Set([from])
  for (const key of seen) {
    const chunk = manifest[key]
    if (chunk !== undefined) for (const next of nextOf(chunk)) seen.add(next)
  }
  return [...seen]
}

/**
 * @param {ViteManifest} manifest
 * @param {readonly string[]} keys
 */
function filesOf(manifest, keys) {
  return [...new Set(keys.flatMap((key) => {
    const chunk = manifest[key]
    return chunk === undefined ? [] : [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]
  }))]
}
