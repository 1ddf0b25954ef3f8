import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

const exact = { latitude: -0.091702, longitude: 34.767957, accuracy: 18 }
/** The point's digits beyond what is kept of it, as any text would hold them. */
const tellTale = ['091702', '767957', '0.0917', '34.7679', '34.768']

test.describe('where the phone is', () => {
  let server: AppServer
  let volunteer: Profile
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())
  test.beforeEach(async () => void (volunteer = await createProfile({ size: 'phone' })))
  test.afterEach(() => volunteer.close())

  test('[VO61] the exact point is in no row of IndexedDB, no request body and no byte of the server', async () => {
    test.setTimeout(120_000)
    const page = await volunteer.open()
    const bodies: Buffer[] = []
    page.on('request', (request) => {
      const body = request.postDataBuffer()
      if (body !== null) bodies.push(isGzip(body) ? gunzipSync(body) : body)
    })
    await volunteer.context().grantPermissions(['geolocation'])
    await volunteer.context().setGeolocation({ ...exact, accuracy: 900 })
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    await beginAtPlace(page)
    await page.getByRole('combobox', { name: 'Country' }).selectOption('KEN')
    await page.getByRole('button', { name: 'Find where I am' }).click()
    await expect(page.getByText('Found, within 900 m so far. It gets better while you wait.')).toBeVisible()
    // The sky clears: a better answer ends the search by itself.
    await volunteer.context().setGeolocation(exact)
    await expect(page.getByText('-0.09, 34.77')).toBeVisible()
    await expect(page.getByText('within about 1 km', { exact: true })).toBeVisible()
    const written = await indexedRows(page)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('textbox', { name: 'What happens?' }).fill('The kiosk sells water only until ten.')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('radio', { name: /I saw it myself/ }).click()
    await page.getByRole('radio', { name: /Nobody can be recognised/ }).click()
    await page.getByRole('button', { name: 'Save on this phone' }).click()
    await expect(page.getByText('Received', { exact: true })).toBeVisible({ timeout: 30_000 })

    const sent = Buffer.concat(bodies).toString('latin1')
    const places = { 'IndexedDB while writing': written, 'IndexedDB afterwards': await indexedRows(page), 'request bodies': sent, 'the server': await bytesIn(server.dataDir) }
    for (const [where, text] of Object.entries(places)) {
      // The rounded point is there, or the scan looked at nothing.
      expect(text.includes('34.77'), where).toBe(true)
      expect(tellTale.filter((digits) => text.includes(digits)), where).toEqual([])
    }
  })

  test('[VO62] the map works without a connection once it was opened, and its pin is kept rounded', async () => {
    test.setTimeout(120_000)
    const page = await volunteer.open()
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    await readyOffline(page)
    await beginAtPlace(page)
    await page.getByRole('button', { name: 'Show it on a map' }).click()
    await expect(page.getByRole('button', { name: /^Map of the countries/ })).toBeVisible()
    await volunteer.context().setOffline(true)
    await page.reload()
    await page.getByRole('button', { name: 'Show it on a map' }).click()
    const map = page.getByRole('button', { name: /^Map of the countries/ })
    await map.click({ position: { x: 120, y: 100 } })
    await expect(page.getByText(/^Pin: /)).toBeVisible()
    await map.press('ArrowUp')
    await map.press('+')
    await page.getByRole('button', { name: 'Move the pin east' }).click()
    await expect(page.getByText(/^Pin: .*within about \d+ km$/)).toBeVisible()
    const drafts = JSON.parse(await indexedRows(page)) as { readonly drafts: readonly { readonly content: Readonly<Record<string, unknown>> }[] }
    const { lat, lon } = drafts.drafts[0]?.content ?? {}
    for (const value of [lat, lon]) expect(String(value)).toMatch(/^-?\d+(\.\d{1,2})?$/)
    await volunteer.context().setOffline(false)
  })
})

async function beginAtPlace(page: Page): Promise<void> {
  await page.getByRole('link', { name: /What is hard here/ }).click()
  await page.getByRole('radio', { name: /^Water/ }).click()
  await page.getByRole('radio', { name: /People lack some essentials/ }).click()
  await expect(page.getByRole('heading', { name: 'Who is it about?' })).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'Where is it?' })).toBeVisible()
  // A choice is written at once, but not before the eye sees it.
  await expect(page.getByText('Draft kept')).toBeVisible()
}

/** Every row of every database of the page, as text: by table. */
function indexedRows(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answered = <Value>(request: IDBRequest<Value>): Promise<Value> => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error(request.error?.name))
    })
    const tables: Record<string, unknown> = {}
    for (const { name } of await indexedDB.databases()) {
      const db = await answered(indexedDB.open(name ?? ''))
      for (const table of db.objectStoreNames) tables[table] = await answered(db.transaction(table).objectStore(table).getAll())
      db.close()
    }
    return JSON.stringify(tables, (_key, value: unknown) => (value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value))
  })
}

async function bytesIn(dir: string): Promise<string> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
  return texts.join('\n')
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}
