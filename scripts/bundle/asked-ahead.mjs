/** @typedef {import('rolldown').OutputChunk} Chunk */

const store = /\/src\/app\/start-store\.ts$/
const language = /\/src\/i18n\/([a-z]{2})\/language\.ts$/

/**
 * Writes into the shell which files each language has, and the store. `public/floor.js` asks for those of the right one while the entry is
 * still on its way; left to the entry they would come behind it, and on a slow line that is another round trip before anything can be read.
 * @returns {import('vite').Plugin}
 */
export function askedAhead() {
  return {
    name: 'terrain:asked-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
        return [{ tag: 'meta', attrs: { name: 'asked-ahead', content: JSON.stringify(filesAhead(chunks)) }, injectTo: 'head' }]
      },
    },
  }
}

/**
 * @param {readonly Chunk[]} chunks
 * @returns {Record<string, readonly string[]>} by language, and `store`
 */
export function filesAhead(chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))

  /**
   * @param {readonly string[]} files
   * @returns {readonly Chunk[]}
   */
  function closure(files) {
    const seen = new Set(files)
    for (const file of seen) for (const next of byName.get(file)?.imports ?? []) seen.add(next)
    return [...seen].flatMap((file) => byName.get(file) ?? [])
  }

  const entry = new Set(closure(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName)))
  /** @param {Chunk} chunk */
  const ahead = (chunk) => closure([chunk.fileName]).filter((one) => !entry.has(one)).map(({ fileName }) => `/${fileName}`)
  const languages = chunks.flatMap((chunk) => {
    const [, locale] = language.exec(chunk.facadeModuleId ?? '') ?? []
    return locale === undefined ? [] : [/** @type {const} */ ([locale, ahead(chunk)])]
  })
  const stores = chunks.filter(({ moduleIds }) => moduleIds.some((id) => store.test(id))).flatMap(ahead)
  return { ...Object.fromEntries(languages.toSorted(([one], [other]) => (one < other ? -1 : 1))), store: stores }
}
