import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

test('[DS146] what another version of the app has folded is folded anew behind home, to its end', async () => {
  test.setTimeout(120_000)
  const server = await startAppServer()
  const profile = await createProfile({ size: 'phone' })
  try {
    const page = await profile.open()
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    for await (const step of recordOn(page, 'challenge')) void step
    await page.goto(server.url)
    await expect(page.locator('main a[href^="/entry/"]')).toHaveCount(1)
    const entry = page.locator('main a[href^="/entry/"]').first()
    await expect.poll(() => foldedBy(page)).not.toBe('0.0.0')
    const version = await foldedBy(page)
    // Left, so that nothing of the app writes while somebody does who is none.
    await page.goto(`${server.url}/api/v1/health`)
    await page.evaluate(asAnotherVersion)
    await page.goto(server.url)
    await expect(entry).toBeVisible()
    await expect.poll(() => foldedBy(page)).toBe(version)
    await expect(entry).not.toContainText('Folded by another version')
    await expect(entry).toContainText('The school is closed')
  } finally {
    await profile.close()
    await server.stop()
  }
})

/** Both run in the page. */
async function foldedBy(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('terrain')
      request.onsuccess = () => resolve(request.result)
    })
    const row = await new Promise<{ readonly value: { readonly by: string } } | undefined>((resolve) => {
      const request = db.transaction('meta').objectStore('meta').get('foldedAs')
      request.onsuccess = () => resolve(request.result as never)
    })
    db.close()
    return row?.value.by
  })
}

async function asAnotherVersion(): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('terrain')
    request.onsuccess = () => resolve(request.result)
  })
  await new Promise<void>((resolve) => {
    const writing = db.transaction(['meta', 'entries'], 'readwrite', { durability: 'strict' })
    const [meta, entries] = [writing.objectStore('meta'), writing.objectStore('entries')]
    meta.put({ sv: 1, key: 'foldedAs', value: { by: '0.0.0', shape: 1 } })
    const reading = entries.getAll()
    reading.onsuccess = () => (reading.result as { readonly state: { readonly content: { description: string } } }[]).forEach((row) => {
      row.state.content.description = 'Folded by another version'
      entries.put(row)
    })
    writing.oncomplete = () => resolve()
  })
  db.close()
}
