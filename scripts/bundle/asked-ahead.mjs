/** @typedef {import('rolldown').OutputChunk & { readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> } }} Chunk */

const language = /\/src\/i18n\/([a-z]{2})\/language\.ts$/

/**
 * Writes into the shell which files the first screen needs besides the entry: those of each language, and those of the join screen.
 * `public/floor.js` asks for the right ones while the entry is still on its way; left to the entry, they would come one behind
 * the other, and on a slow line each costs its round trip.
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
 * @returns {Record<string, readonly string[]>} by language, and under `join`
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
  const ahead = (chunk) => closure([chunk.fileName]).filter((one) => !entry.has(one)).flatMap((one) => [one.fileName, ...(one.viteMetadata?.importedCss ?? [])]).map((file) => `/${file}`)
  const languages = chunks.flatMap((chunk) => {
    const [, locale] = language.exec(chunk.facadeModuleId ?? '') ?? []
    return locale === undefined ? [] : [/** @type {const} */ ([locale, ahead(chunk)])]
  })
  const join = chunks.find(({ name }) => name === 'join')
  return { ...Object.fromEntries(languages.toSorted(([one], [other]) => (one < other ? -1 : 1))), join: join === undefined ? [] : ahead(join) }
}
