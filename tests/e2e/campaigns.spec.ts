import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

const first = 'Terrain'
const second = 'Rains 2026'

/** What each campaign may show, and the other never. */
const words = { first: 'Solid in the first campaign', second: 'Only in the second campaign' } as const

test.describe('two campaigns in one browser', () => {
  // The second goes on where the first has come to.
  test.describe.configure({ mode: 'serial' })
  let server: AppServer
  let ruth: Profile
  let invites: { readonly volunteer: string; readonly coordinator: string }

  test.beforeAll(async () => {
    server = await startAppServer()
    // Once there are several, the command wants to know for which.
    invites = { volunteer: await server.invite('volunteer'), coordinator: await server.invite('coordinator') }
    ruth = await createProfile({ size: 'desk' })
  })
  test.afterAll(async () => {
    await ruth.close()
    await server.stop()
  })

  test('[AP52] a coordinator makes a second campaign, records in both side by side and through a kill, and each entry goes to its own', async () => {
    test.setTimeout(240_000)
    const faults: string[] = []
    let one = await ruth.open()
    watch(one, faults)
    await one.goto(server.coordinatorLink)
    await joinOn(one)
    await readyOffline(one)
    await record(one, `${words.first}, one.`)

    // From the desk to a campaign of one's own, which opens at its desk.
    await one.goto(`${server.url}/desk`)
    await one.getByRole('link', { name: /Campaigns$/ }).click()
    await one.getByRole('textbox', { name: 'Name of the new campaign' }).fill(second)
    await one.getByRole('button', { name: 'Make it and open it' }).click()
    await expect(one.getByRole('banner').getByText(second)).toBeVisible({ timeout: 30_000 })
    await expect(one.getByText(words.first)).toHaveCount(0)
    await one.goto(`${server.url}/`)
    await record(one, `${words.second}, one.`)

    // A second window begins where somebody looked last, and goes on in the other campaign. The first one stays where it is.
    const two = await ruth.context().newPage()
    watch(two, faults)
    await two.goto(server.url)
    await expect(two.getByText(`${words.second}, one.`)).toBeVisible()
    await open(two, first)
    await expect(two.getByText(`${words.first}, one.`)).toBeVisible()
    await one.reload()
    await expect(one.getByText(`${words.second}, one.`)).toBeVisible()
    await expect(one.getByText(words.first)).toHaveCount(0)

    // Side by side they record, then without a connection, and the browser is killed with entries of both campaigns in it.
    await record(two, `${words.first}, two.`)
    await expect(two.getByText('Received', { exact: true })).toHaveCount(2, { timeout: 30_000 })
    await expect(one.getByText('Received', { exact: true })).toHaveCount(1, { timeout: 30_000 })
    await ruth.context().setOffline(true)
    await record(one, `${words.second}, two.`)
    await record(two, `${words.first}, three.`)
    await ruth.kill()
    one = await ruth.open({ offline: true })
    watch(one, faults)
    await one.goto(server.url)
    await open(one, second)
    await expect(one.getByText(/1 entry still only here/)).toBeVisible()
    await one.goto(`${server.url}/campaigns`)
    await expect(one.getByRole('listitem').filter({ hasText: first }).getByText(/1 entry still only here/)).toBeVisible()

    // With a connection the open one sends both.
    await ruth.context().setOffline(false)
    await one.reload()
    await expect(one.getByRole('listitem').filter({ hasText: first }).getByText(/Everything has been received/)).toBeVisible({ timeout: 30_000 })
    await one.goto(server.url)
    await expect(one.getByText('Everything has been received')).toBeVisible({ timeout: 30_000 })

    // Each desk has its own entries, and the server answered neither with a word of the other.
    await expectDesk(one, { own: words.second, other: words.first, count: 2 })
    await one.goto(server.url)
    await open(one, first)
    await expectDesk(one, { own: words.first, other: words.second, count: 3 })
    expect(faults).toEqual([])
  })

  test('[AP52] an invite to a campaign that is here opens it, one to another campaign is joined beside, and an address that names a campaign opens that one', async () => {
    const awa = await createProfile({ size: 'phone' })
    try {
      const page = await awa.open()
      await page.goto(invites.volunteer)
      await joinOn(page)
      await readyOffline(page)
      await page.goto(invites.coordinator)
      await expect(page.getByRole('heading', { name: 'You have joined already as Awa.' })).toBeVisible()
      const desk = ruth.context().pages()[0] ?? (await ruth.context().newPage())
      // The first campaign's database has the name that it always had, the second's that of its campaign.
      const id = await desk.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name?.slice('terrain-'.length)).find((name) => name?.length === 36))
      const invite = await server.invite('volunteer', 2, id)
      await page.goto(invite)
      await expect(page.getByRole('heading', { name: `Join ${second} too` })).toBeVisible()
      await joinOn(page)
      await expect(page.getByRole('banner').getByText(second)).toBeVisible({ timeout: 30_000 })
      await page.goto(invite)
      await expect(page.getByRole('heading', { name: 'You have joined already as Awa.' })).toBeVisible()
      await open(page, first)
      await page.goto(invite)
      await expect(page.getByRole('heading', { name: `You are in ${second} already, as Awa.` })).toBeVisible()
      await page.getByRole('button', { name: `Open ${second}` }).click()
      await expect(page.getByRole('banner').getByText(second)).toBeVisible({ timeout: 30_000 })
      // An address of the desk that names a campaign opens that one.
      await open(desk, first)
      await desk.goto(`${server.url}/desk/overview?campaign=${id}`)
      await expect(desk.getByRole('banner').getByText(second)).toBeVisible({ timeout: 30_000 })
      expect(new URL(desk.url()).pathname).toBe('/desk/overview')
    } finally {
      await awa.close()
    }
  })
})

async function record(page: Page, said: string): Promise<void> {
  for await (const _ of recordOn(page, 'challenge', '', said)) continue
  await expect(page.getByText(said)).toBeVisible()
}

/** By the list, which the settings lead to. */
async function open(page: Page, campaign: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/settings`)
  await page.locator('a[href="/campaigns"]').click()
  const row = page.getByRole('listitem').filter({ hasText: campaign })
  await expect(row.getByText(/Recording|Coordination/)).toBeVisible()
  if ((await row.getByText('Open now').count()) > 0) return void (await page.goto(new URL(page.url()).origin))
  await row.getByRole('button').click()
  await expect(page.getByRole('banner').getByText(campaign)).toBeVisible({ timeout: 30_000 })
}

async function expectDesk(page: Page, { own, other, count }: { readonly own: string; readonly other: string; readonly count: number }): Promise<void> {
  const answers: Promise<string>[] = []
  const keep = (response: { readonly url: () => string; readonly text: () => Promise<string> }): void => {
    if (response.url().includes('/api/v1/')) answers.push(response.text().catch(() => ''))
  }
  page.on('response', keep)
  await page.goto(`${new URL(page.url()).origin}/desk`)
  for (const number of ['one', 'two', 'three'].slice(0, count)) await expect(page.getByText(`${own}, ${number}.`).first()).toBeVisible()
  await expect(page.getByText(other)).toHaveCount(0)
  page.off('response', keep)
  const said = await Promise.all(answers)
  expect(said.some((text) => text.includes(own))).toBe(true)
  expect(said.filter((text) => text.includes(other))).toEqual([])
}

/** Anything that a page reports is a fault: a script error, or a breach of the Content-Security-Policy. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_NETWORK/.test(text)) faults.push(text)
  })
}
