import { afterEach, expect, it } from 'vitest'
import { storeCodeRun, storeFilesLoaded } from '#app/store-files.ts'

afterEach(() => document.head.replaceChildren())

function asksFor(store: readonly string[]): void {
  const list = document.createElement('meta')
  list.name = 'asked-ahead'
  list.content = JSON.stringify({ en: ['/assets/english.js'], store })
  document.head.append(list)
}

it('[AP45] the store’s files are fetched whole before they are imported, and one that does not come can be asked for again', async () => {
  asksFor(['/assets/store.js', '/assets/beside.js'])
  const fetched: string[] = []
  let isDown = true
  const fetchFile = async (file: string): Promise<Response> => {
    fetched.push(file)
    if (isDown) throw new TypeError('Failed to fetch')
    return new Response('export {}')
  }
  await expect(storeFilesLoaded(document, fetchFile)).rejects.toThrow('Failed to fetch')
  isDown = false
  await storeFilesLoaded(document, fetchFile)
  expect(fetched.slice(2)).toEqual(['/assets/store.js', '/assets/beside.js'])
  await expect(storeFilesLoaded(document, async () => new Response('', { status: 502 }))).rejects.toThrow('502')
})

it('[AP45] [AP62] so is its code, which the shell keeps as the tag of a script', async () => {
  asksFor(['/assets/store.js'])
  const kept = document.createElement('template')
  kept.content.append(Object.assign(document.createElement('script'), { src: '/assets/code-of-store.js' }))
  document.head.append(kept)
  const fetched: string[] = []
  await storeFilesLoaded(document, async (file) => (fetched.push(file), new Response('')))
  expect(fetched).toEqual(['/assets/store.js', '/assets/code-of-store.js'])
})

it('[AP45] in development there is no list, and nothing to fetch', async () => {
  expect(await storeFilesLoaded(document, () => Promise.reject(new Error('fetched')))).toBeUndefined()
  asksFor([])
  expect(await storeFilesLoaded(document, () => Promise.reject(new Error('fetched')))).toBeUndefined()
})

it('[AP62] [AP790] its script has run before its module is imported: once where it was begun already, and again where it did not come', async () => {
  const kept = document.createElement('template')
  kept.content.append(Object.assign(document.createElement('script'), { src: '/assets/code-of-store.js' }))
  document.head.append(kept)
  const begun = () => [...document.head.querySelectorAll('script')]
  await storeCodeRun(document, { terrain_store: () => [] })
  expect(begun()).toEqual([])

  const first = storeCodeRun(document, {})
  begun()[0]?.onerror?.(new Event('error'))
  await expect(first).rejects.toThrow('code-of-store.js did not come')
  const second = storeCodeRun(document, {})
  begun()[1]?.onload?.(new Event('load'))
  expect([await second, begun().length]).toEqual([undefined, 2])
})

it('[AP790] in development there is no such script, and nothing to wait for', async () => {
  expect(await storeCodeRun(document, {})).toBeUndefined()
})
