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

/**
 * Runs the script of the store, unless `floor.js` has: its module hands on what that has made, and must not be imported before. It does not wait for it
 * itself, because WebKit (2.50) takes a module that waits for done as soon as a second one imports it. The tag of the shell has its address
 * already, so that no signature of Trusted Types is needed. In development there is none, and nothing to run.
 */
export function storeCodeRun(page: Document, made: object): Promise<void> {
  const tag = page.querySelector('template')?.content.querySelector('script')
  if ('terrain_store' in made || !tag) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const script = page.importNode(tag)
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`${script.src} did not come`))
    page.head.append(script)
  })
}
