import { request as ask } from 'node:http'
import process from 'node:process'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { deviceOn } from '../support/device-on.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'
import type { ProxyName } from '../support/real-proxy.ts'
import { startTopology } from '../support/topology.ts'
import type { Topology } from '../support/topology.ts'

/** It needs real proxies, and a PostgreSQL of its own: for the deep runs. */
const proxies: readonly ProxyName[] = process.env['TERRAIN_TEST'] === 'deep' ? ['nginx', 'Caddy'] : []

for (const proxy of proxies) {
  test.describe(`the whole installation behind ${proxy}`, () => {
    let whole: Topology
    let phone: Profile
    let desk: Profile

    test.beforeAll(async () => {
      test.setTimeout(120_000)
      whole = await startTopology(proxy)
      phone = await createProfile({ size: 'phone', trusting: true })
      desk = await createProfile({ size: 'desk', trusting: true })
    })
    test.afterAll(async () => {
      await Promise.all([phone.close(), desk.close()])
      await whole.stop()
    })

    test('[SE205] [SE201] [SE500] a photo goes from a phone to the desk, also while one server is killed and the other one restarted', async () => {
      test.setTimeout(300_000)
      const faults: string[] = []
      const onPhone = await phone.open()
      watch(onPhone, faults)
      await onPhone.goto((await whole.terrain('invite', '--role', 'volunteer')).trim().split('\n').at(-1) ?? '')
      await joinOn(onPhone)
      await readyOffline(onPhone)
      await record(onPhone, whole)
      await expectReceived(onPhone, 1)

      const onDesk = await desk.open()
      watch(onDesk, faults)
      await onDesk.goto(whole.servers[0].invite)
      await joinOn(onDesk)
      await expectOnDesk(onDesk, whole, 1)
      await onDesk.getByRole('link', { name: 'Open the whole entry' }).click()
      const photo = await onDesk.getByRole('img', { name: /Photo 1/ }).getAttribute('src')
      expect(await onDesk.evaluate(async (source) => (await fetch(source)).status, photo ?? '')).toBe(200)

      // As if the power went: what is on its way is sent again, and the other one answers.
      await whole.servers[0].kill('SIGKILL')
      await record(onPhone, whole)
      await expectReceived(onPhone, 2)
      await expectOnDesk(onDesk, whole, 2)

      // An upgrade: the second one ends in order once the first one is back.
      await whole.servers[0].start()
      expect(await whole.servers[1].kill('SIGTERM')).toBe(0)
      await record(onPhone, whole)
      await expectReceived(onPhone, 3)
      await expectOnDesk(onDesk, whole, 3)

      const files = [...whole.s3.objects.keys()].map((key) => key.split('/')[0])
      expect([files.filter((kind) => kind === 'received').length, files.filter((kind) => kind === 'shown').length]).toEqual([0, 6])
      // It fails when anything does not hold.
      expect(await whole.terrain('verify')).toMatch(/^files: 6\n.*holds\.$/m)
      expect(await whole.terrain('backup')).toContain('Verified')
      await expectHttpsAndPolicy(onDesk, whole, proxy)
      expect(faults).toEqual([])
      await expectSaysNothing(onDesk, whole)
    })
  })
}

/** http leads to https, which browsers are told to stay with; the policy is Terrain's own. */
async function expectHttpsAndPolicy(page: Page, { url, plainUrl }: Topology, proxy: ProxyName): Promise<void> {
  expect(await answerOf(`${plainUrl}/desk?x=1`)).toEqual(proxy === 'nginx' ? { status: 301, location: 'https://localhost/desk?x=1' } : 'nobody listens')
  const headers = (await page.goto(`${url}/?again`))?.headers() ?? {}
  expect(headers['content-security-policy'] ?? '').toContain("require-trusted-types-for 'script'")
  expect(await page.evaluate(async () => (await fetch('/api/v1/health')).headers.get('strict-transport-security'))).toBe('max-age=31536000')
}

/** While nobody answers, and before: what the proxy tells of it names neither who asked nor for what. */
async function expectSaysNothing(page: Page, { servers, url, proxySaid }: Topology): Promise<void> {
  await Promise.all(servers.map((server) => server.kill('SIGKILL')))
  expect(await page.evaluate(async (from) => (await fetch(`${from}/r/whose-report`)).status, url)).toBeGreaterThanOrEqual(502)
  expect(proxySaid()).not.toMatch(/client: |remote_ip|whose-report|user-agent|x-terrain/i)
}

function answerOf(url: string): Promise<unknown> {
  return new Promise((resolve) => {
    ask(url, (response) => resolve({ status: response.statusCode, location: response.headers.location })).once('error', () => resolve('nobody listens')).end()
  })
}

/** Anything that a page reports is a fault, but for requests that a killed server has not answered. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|ERR_NETWORK/.test(message.text())) faults.push(message.text())
  })
}

async function record(page: Page, { url }: Topology): Promise<void> {
  await page.goto(`${url}/`)
  for await (const step of recordOn(page, 'challenge')) if (step === 'words') await addPhoto(page)
}

let pictures = 0

async function addPhoto(page: Page): Promise<void> {
  // Each another one: the same picture would be one file.
  const picture = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: { r: 100 + 20 * (pictures += 1), g: 90, b: 80 } } }).jpeg().toBuffer()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: picture })
  await expect(page.getByRole('img', { name: /Photo 1/ })).toBeVisible({ timeout: 20_000 })
}

async function expectReceived(page: Page, entries: number): Promise<void> {
  await expect(page.getByText('Received', { exact: true })).toHaveCount(entries, { timeout: 90_000 })
  await expect(page.getByText('Everything has been received')).toBeVisible({ timeout: 90_000 })
}

async function expectOnDesk(page: Page, { url }: Topology, entries: number): Promise<void> {
  await page.goto(`${url}/desk`)
  await expect(page.getByText(/The school is closed since the sixteenth/).first()).toBeVisible({ timeout: 30_000 })
  const listed = await page.evaluate(async (device) => {
    const answer: unknown = await (await fetch('/api/v1/entries?limit=9', { headers: { 'x-terrain': device } })).json()
    return (answer as { readonly entries: readonly unknown[] }).entries.length
  }, await deviceOn(page))
  expect(listed).toBe(entries)
}
