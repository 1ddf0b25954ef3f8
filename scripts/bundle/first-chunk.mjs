/**
 * @typedef {{ getModuleInfo: (id: string) => { readonly isEntry: boolean, readonly importers: readonly string[] } | null }} Graph
 * @typedef {(id: string, graph: Graph) => boolean} IsAmong
 */

const store = /\/src\/app\/start-store\.ts$/
/** The screen that comes next, and is loaded as soon as the first one stands. */
const recording = /\/src\/volunteer\/(?:new-draft-screen|record\/record-screen)\.tsx$/
/** What the desk shares is in no chunk of the phone's: it would load photos and voice with its first dialog. */
const desk = /\/src\/coordinator\//
/** What makes changes of what was written: one comes with the other, or soon after it. */
const saving = /\/src\/device\/store\/(?:save|own-steps|erase-own|late-words)\.ts$/
/** What home has to say when it has looked: one request, when the thread is idle. */
const quietLines = /\/src\/volunteer\/(?:carry\/at-risk|home\/quiet-lines)\.tsx$/
/** The names of what is said: those of the first screen come with it, whatever its language; the others with what the screens behind it say. */
const names = /^\0terrain-names:/
const firstNames = /\/src\/i18n\/named\.ts$|^\0terrain-names:.*\/(?:common|volunteer|home\/en)\.ts$/
/** Photos and voice stand on one screen; that a photo is lost is told by what took it. */
const media = /\/src\/volunteer\/(?:photos\/(?:photo-section|lost-photos)|voice\/voice-section)\.tsx$/

/**
 * Names one chunk for everything that the entry imports statically, one for the names of what is said behind the first screen, one for the store, which a first
 * visit needs only behind the join screen, one for recording, with what it shares with the screens behind it, one for the quiet lines of home, one for saving, and one for photos and voice. Left alone, the
 * bundler cuts what lazy screens share into many small files. Each is a request, and on a slow line each costs its round trip; and each compresses
 * by itself: 3 kB (brotli) more, as much again for photos and voice, and as much for saving.
 * @returns {(id: string, graph: Graph) => string | null}
 */
export function firstChunk() {
  const chunks = [
    { name: 'first', isAmong: importedFrom((id, { isEntry }) => isEntry || firstNames.test(id)) },
    { name: 'names', isAmong: importedFrom((id) => names.test(id)) },
    { name: 'store', isAmong: importedFrom((id) => store.test(id)) },
    { name: 'recording', isAmong: importedFrom((id) => recording.test(id)) },
    { name: 'quiet-lines', isAmong: importedFrom((id) => quietLines.test(id)) },
    { name: 'saving', isAmong: importedFrom((id) => saving.test(id)) },
    { name: 'media', isAmong: without(importedFrom((id) => media.test(id)), importedFrom((id) => desk.test(id))) },
  ]
  return (id, graph) => chunks.find(({ isAmong }) => isAmong(id, graph))?.name ?? null
}

/**
 * @param {IsAmong} isAmong
 * @param {IsAmong} isAmongOthers
 * @returns {IsAmong}
 */
function without(isAmong, isAmongOthers) {
  return (id, graph) => isAmong(id, graph) && !isAmongOthers(id, graph)
}

/**
 * Whether a module is one of these, or imported by them statically, at whatever distance.
 * @param {(id: string, info: { readonly isEntry: boolean }) => boolean} isRoot
 * @returns {IsAmong}
 */
function importedFrom(isRoot) {
  /** @type {Map<string, boolean>} */
  const known = new Map()

  /** @type {IsAmong} */
  function isAmong(id, graph) {
    const before = known.get(id)
    if (before !== undefined) return before
    // While its importers are looked at: a cycle proves nothing.
    known.set(id, false)
    const info = graph.getModuleInfo(id)
    const answer = info !== null && (isRoot(id, info) || info.importers.some((importer) => isAmong(importer, graph)))
    known.set(id, answer)
    return answer
  }

  return isAmong
}
