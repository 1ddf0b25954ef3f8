/**
 * Resolves when the files of the store are there, as the build has written them into the shell; fails where one does not come. Asked in front
 * of the import: Chromium remembers a module that an import or a preload could not fetch, and never asks for it again in this page. What
 * has come by then lies in the browser's cache, where the import finds it.
 */
export async function storeFilesLoaded(page: Document, fetchFile: (file: string) => Promise<Response>): Promise<void> {
  const list = page.querySelector<HTMLMetaElement>('meta[name="asked-ahead"]')?.content
  const { store = [] } = list === undefined ? {} : (JSON.parse(list) as { readonly store?: readonly string[] })
  const code = page.querySelector('template')?.content.querySelector('script')?.getAttribute('src')
  await Promise.all([...store, ...(typeof code === 'string' ? [code] : [])].map(async (file) => {
    const answer = await fetchFile(file)
    if (!answer.ok) throw new Error(`${file} did not come: ${answer.status}`)
    await answer.arrayBuffer()
  }))
}
