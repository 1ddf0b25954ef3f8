import { expect, test } from '@playwright/test'
import { sheetHead, sheetPath, sheetRow, sheetTail, workbookParts } from '#exchange/xlsx-parts.ts'
import { zipStream } from '#server/transfer/zip-stream.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn } from '../support/people.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
})
test.afterAll(() => server.stop())

/** A workbook as a cluster sends it: short words over and over, so that it packs well, and more than half a megabyte of XML. */
async function workbook(rows: number): Promise<Buffer> {
  const row = (number: number) => sheetRow(number + 2, [`The well number ${number} of the district beyond the river is dry, and people walk far.`, '2026-03-01', 'Ouest', 4])
  const text = [sheetHead({ columns: 4, isRtl: false }), sheetRow(1, ['Description', 'Date', 'Region', 'Severity'], 'header'), ...Array.from({ length: rows }, (_, number) => row(number)), sheetTail]
  const pieces: Uint8Array[] = []
  for await (const piece of zipStream([...workbookParts('Wells').map((part) => ({ path: part.path, text: [part.text] })), { path: sheetPath, text }], new Date('2026-03-02T08:00:00Z'))) pieces.push(piece)
  return Buffer.concat(pieces)
}

test('[EX110] a workbook of thousands of rows is read at the desk as a small one is', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto(server.coordinatorLink)
  await joinOn(page)
  await page.goto(`${server.url}/desk/data`)
  for (const rows of [3, 4_000]) {
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'wells.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: await workbook(rows) })
    await expect(page.getByText(`${rows.toLocaleString('en')} rows.`, { exact: true })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('table', { name: 'Columns of the file' }).getByText('The well number 0 of the district')).toBeVisible()
  }
})
