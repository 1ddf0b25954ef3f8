import { openBrowser } from './field-phone.ts'
import { openBlank } from './filled-phone.ts'
import type { FilledPhone } from './filled-phone.ts'

/** The same phone, whose entries were folded by another version of the app than the one that it opens now. */
export function ofAnotherVersion(filled: FilledPhone, program: string): FilledPhone {
  return {
    ...filled,
    copy: async () => {
      const copy = await filled.copy()
      const context = await openBrowser(program, copy.dir)
      const page = await context.newPage()
      await openBlank(page, filled.server.url)
      await page.evaluate(renameVersion)
      await context.close()
      return copy
    },
  }
}

/** Runs in the page. */
async function renameVersion(): Promise<void> {
  const done = <Value>(request: IDBRequest<Value>): Promise<Value> => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('it cannot be read'))
  })
  const db = await done(indexedDB.open('terrain'))
  const meta = db.transaction('meta', 'readwrite', { durability: 'strict' }).objectStore('meta')
  const row = (await done(meta.get('foldedAs'))) as { readonly value: object } | undefined
  if (row === undefined) throw new Error('nothing was folded')
  await done(meta.put({ ...row, value: { ...row.value, by: '0.0.0' } }))
  db.close()
}
