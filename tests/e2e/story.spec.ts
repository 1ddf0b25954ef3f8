import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { csvRows } from '#exchange/csv.ts'
import { pick } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'

const challengeWords = 'The school is closed since the sixteenth. The lessons come by radio, but we do not receive it.'
const actionWords = 'Fourteen women sew masks from old sheets and give them to the market sellers.'

test.describe('the whole path', () => {
  let server: AppServer
  let volunteer: Profile
  let coordinator: Profile

  test.beforeAll(async () => {
    server = await startAppServer()
    volunteer = await createProfile({ size: 'phone' })
    coordinator = await createProfile({ size: 'desk' })
  })
  test.afterAll(async () => {
    await Promise.all([volunteer.close(), coordinator.close()])
    await server.stop()
  })

  test('[AP20] from a phone without connection to a reviewed entry on the desk, and back', async () => {
    test.setTimeout(180_000)
    const faults: string[] = []

    // Joining needs a connection once.
    let phone = await volunteer.open()
    watch(phone, faults)
    await join(phone, await server.invite('volunteer'), 'Awa', 'Mama Taa women’s group')
    await readyOffline(phone)

    // Airplane mode: a challenge with a photo, and an action.
    await volunteer.context().setOffline(true)
    await recordChallenge(phone)
    await recordAction(phone)
    await expect(phone.getByText(/2 entries and 1 photo still only here/)).toBeVisible()

    // The system kills the browser before anything could be sent.
    await volunteer.kill()
    phone = await volunteer.open({ offline: true })
    watch(phone, faults)
    await phone.goto(server.url)
    await expect(phone.getByText(challengeWords)).toBeVisible()
    await expect(phone.getByText(actionWords)).toBeVisible()
    await expect(phone.getByText('On this phone', { exact: true })).toHaveCount(2)

    // Back online: it goes out by itself.
    await volunteer.context().setOffline(false)
    await expect(phone.getByText('Received', { exact: true })).toHaveCount(2, { timeout: 30_000 })
    await expect(phone.getByText('Everything has been received')).toBeVisible({ timeout: 30_000 })

    // The coordinator sees both, asks about one field of the challenge, and approves the action.
    const desk = await coordinator.open()
    watch(desk, faults)
    await join(desk, server.coordinatorLink, 'Ruth', 'Solidarity Network')
    await desk.goto(`${server.url}/desk`)
    await expect(desk.getByText(challengeWords).first()).toBeVisible()
    await expect(desk.getByText(actionWords).first()).toBeVisible()
    await openOnDesk(desk, challengeWords)
    await expectPhotoWithoutPlace(desk)
    await desk.getByRole('button', { name: /^Ask about Place/ }).click()
    await desk.getByRole('textbox', { name: /Question on this field/ }).fill('Is this Kajulu East or Kajulu West?')
    await decide(desk, 'Ask back')
    await desk.goto(`${server.url}/desk`)
    await openOnDesk(desk, actionWords)
    await decide(desk, 'Approve')

    // The volunteer gets the question, reads it offline later, and answers it there.
    await phone.reload()
    await expect(phone.getByText('Ruth has a question')).toBeVisible({ timeout: 30_000 })
    await volunteer.context().setOffline(true)
    await phone.reload()
    await expect(phone.getByText('Is this Kajulu East or Kajulu West?')).toBeVisible()
    await expect(phone.getByText('Approved', { exact: true })).toBeVisible()
    await phone.getByRole('link', { name: /Answer/ }).or(phone.getByRole('button', { name: /Answer/ })).first().click()
    const answer = phone.getByRole('textbox', { name: /Village|Place|Your answer/ }).first()
    await answer.fill('Kajulu East')
    await phone.getByRole('button', { name: 'Answer', exact: true }).click()
    await expect(phone.getByText(/Answered on this phone/)).toBeVisible()
    await volunteer.context().setOffline(false)
    await expect(phone.getByText(/Answered and received/)).toBeVisible({ timeout: 30_000 })

    // The revision is approved.
    await desk.goto(`${server.url}/desk`)
    await openOnDesk(desk, challengeWords)
    await expect(desk.getByText('Kajulu East').first()).toBeVisible()
    await decide(desk, 'Approve')

    // A third entry stays unread: the export must not have it.
    await phone.goto(server.url)
    await recordChallenge(phone, 'Nobody has read this third entry yet, so no file may hold it.', false)
    await expect(phone.getByText('Received', { exact: true })).toBeVisible({ timeout: 30_000 })
    await expectExport(desk, server.url)
    expect(faults).toEqual([])
  })
})

/** Anything that a page reports is a fault: a script error, or a breach of the Content-Security-Policy. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_NETWORK/.test(text)) faults.push(text)
  })
}

async function join(page: Page, link: string, name: string, organisation: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('What should we call you?').fill(name)
  await page.getByLabel('Your group or organisation').fill(organisation)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(page.getByRole('link', { name: /What is hard here/ })).toBeVisible()
}

const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click()
const choose = (page: Page, name: string | RegExp) => pick(page.getByRole('radio', { name }).or(page.getByRole('checkbox', { name })).first())

async function recordChallenge(page: Page, words = challengeWords, withPhoto = true): Promise<void> {
  await page.getByRole('link', { name: /What is hard here/ }).click()
  await choose(page, /Education and learning/)
  await next(page)
  await choose(page, /People lack some essentials/)
  await next(page)
  await choose(page, /General population/)
  await next(page)
  await fillPlace(page, 'Kajulu')
  await next(page)
  await choose(page, /Today/)
  await next(page)
  await page.getByRole('textbox', { name: /What happens/ }).fill(words)
  if (withPhoto) await addPhoto(page)
  await next(page)
  await choose(page, /People living it told me/)
  await next(page)
  await choose(page, /They said yes$/)
  if (withPhoto) await choose(page, /The photo may be shown/)
  await next(page)
  await save(page)
}

async function recordAction(page: Page): Promise<void> {
  await page.getByRole('link', { name: /What people do/ }).click()
  await choose(page, /Making things|production|Making/i)
  await next(page)
  await choose(page, /Health/)
  await next(page)
  await choose(page, /Ongoing/)
  await next(page)
  await fillPlace(page, 'Manyatta')
  await page.getByRole('textbox', { name: /Who does it/ }).fill('Mama Taa women’s group')
  await page.getByRole('combobox', { name: /What kind of group/ }).selectOption('504')
  await next(page)
  await choose(page, /Not known/)
  await next(page)
  await page.getByRole('textbox', { name: /What was done/ }).fill(actionWords)
  await next(page)
  await choose(page, /None listed/)
  await next(page)
  await choose(page, /I saw it myself/)
  await choose(page, /Nobody can be recognised/)
  await next(page)
  await save(page)
}

async function fillPlace(page: Page, place: string): Promise<void> {
  await page.getByRole('combobox', { name: /^Country/ }).selectOption('KEN')
  await page.getByRole('textbox', { name: /^Region/ }).fill('Kisumu')
  await page.getByRole('textbox', { name: /^Place/ }).fill(place)
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save on this phone' }).click()
  await expect(page.getByText('Saved on this phone.').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'My entries' })).toBeVisible()
}

async function addPhoto(page: Page): Promise<void> {
  const photo = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#8a7f6a' } })
    .withExif({ IFD0: { Make: 'Leaky', Model: 'Phone' }, IFD3: { GPSLatitude: '0/1 5/1 0/1', GPSLatitudeRef: 'S', GPSLongitude: '34/1 45/1 0/1', GPSLongitudeRef: 'E' } }).jpeg().toBuffer()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'IMG_0042.jpg', mimeType: 'image/jpeg', buffer: photo })
  await expect(page.getByRole('img', { name: /Photo 1/ })).toBeVisible({ timeout: 20_000 })
}

async function openOnDesk(page: Page, words: string): Promise<void> {
  await page.getByText(words).first().click()
  await page.getByRole('link', { name: 'Open the whole entry' }).click()
  await expect(page.getByText('never changed')).toBeVisible()
}

async function decide(page: Page, verdict: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${verdict}`) }).or(page.getByRole('button', { name: new RegExp(`^${verdict}`) })).first().click({ force: true })
  await page.getByRole('button', { name: /^Decide/ }).click()
  await expect(page.getByText(/\. Sent\./).first()).toBeVisible({ timeout: 30_000 })
}

/** What the coordinator is shown was re-encoded twice: no EXIF, no GPS, not the camera's name. */
async function expectPhotoWithoutPlace(page: Page): Promise<void> {
  const source = await page.getByRole('img', { name: /Photo 1/ }).getAttribute('src')
  const bytes = await page.evaluate(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], (source ?? '').replace(/&width=\d+/, ''))
  const about = await sharp(Buffer.from(bytes)).metadata()
  expect([about.exif, about.xmp, Math.max(about.width, about.height)]).toEqual([undefined, undefined, 1600])
  expect(Buffer.from(bytes).includes(Buffer.from('Leaky'))).toBe(false)
}

async function expectExport(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/desk/data`)
  const texts: string[] = []
  for (const name of [/challenges.*CSV/i, /actions.*CSV/i]) {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
    texts.push(await readFile(await (await download).path(), 'utf8'))
  }
  const words = texts.map((text) => {
    const [, tags = [], ...rows] = csvRows(text)
    return rows.map((row) => row[tags.indexOf('#description')])
  })
  expect(words).toEqual([[challengeWords], [actionWords]])
}
