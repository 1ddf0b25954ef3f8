import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { readyOffline } from '../support/profiles.ts'
import { reportedCampaign } from '../support/published-report.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
})
test.afterAll(() => server.stop())

const sentence = 'Schools beyond the river were reported closed.'
const kept = (page: Page) => page.evaluate(async () => (await (await caches.open('terrain-reports')).keys()).map(({ url }) => new URL(url).pathname + new URL(url).search))

test('[WO30] [WO31] [WO32] [AP31] [VO180] [VO181] an entry shows its sentence, which leads to the report without a connection; what is taken back goes from the phone too', async ({ page, context }) => {
  test.setTimeout(120_000)
  const campaign = await reportedCampaign(server.url, { author: await server.invite('volunteer'), coordinator: server.coordinatorLink })
  const { slug } = await campaign.publish(sentence)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))

  await page.goto(await campaign.moveLink())
  await page.getByRole('textbox', { name: 'What should we call you?' }).fill('Awa')
  await page.getByRole('button', { name: 'Join' }).click()
  await readyOffline(page)
  const line = page.getByRole('link', { name: '6 of your entries are in report no. 1' })
  await expect(line).toBeVisible()
  // It comes by itself, before anybody has opened it.
  await expect.poll(() => kept(page), { timeout: 20_000 }).toEqual([`/r/${slug}?language=en`])

  await context.setOffline(true)
  await page.reload()
  await line.click()
  await expect(page.getByRole('list', { name: 'In report no. 1' }).getByRole('listitem')).toHaveCount(6)
  await page.getByRole('link', { name: /The school beyond the river is closed, 0/ }).click()
  await expect(page.getByText(/^Counted in report no\. 1, /)).toBeVisible()
  await expect(page.getByText(sentence)).toBeVisible()
  await page.getByRole('link', { name: 'Read it in the report' }).click()
  await expect(page).toHaveURL(new RegExp(`/r/${slug}\\?language=en#sentence-`))
  await expect(page.locator(':target')).toContainText(sentence)
  await expect(page.getByText('We have one phone, said the 0.')).toBeVisible()
  await expect(page.getByText('This is the page as this device kept it')).toBeVisible()
  // The report itself, not the app at its address; also in a language that was never opened, and after a reload.
  await expect(page.locator('#root')).toHaveCount(0)
  await page.goto(`${server.url}/r/${slug}?language=fr`)
  await page.reload()
  await expect(page.getByText(sentence)).toBeVisible()
  await page.goto(`${server.url}/r/never-opened`)
  await expect(page.getByRole('heading', { name: 'This report is not on this phone.' })).toBeVisible()

  await campaign.withdraw(0)
  await context.setOffline(false)
  await page.goto(`${server.url}/r/${slug}?language=en`)
  await expect(page.getByText(sentence)).toBeVisible()
  await expect(page.getByText('We have one phone, said the 0.')).toHaveCount(0)
  await expect(page.getByText('This is the page as this device kept it')).toBeHidden()
  await page.goto(`${server.url}/r/never-opened`)
  await expect(page.getByRole('heading', { name: 'This page is not in the notebook.' })).toBeVisible()
  await context.setOffline(true)
  await page.goto(`${server.url}/r/${slug}?language=en`)
  await expect(page.getByText(sentence)).toBeVisible()
  await expect(page.getByText('We have one phone, said the 0.')).toHaveCount(0)
  expect(faults).toEqual([])
})
