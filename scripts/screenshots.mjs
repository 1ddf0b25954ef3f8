// Takes the pictures of the manifest's install sheet from a running demonstration (`npm run demo`):
// `node scripts/screenshots.mjs VOLUNTEER_LINK COORDINATOR_LINK REPORT_ADDRESS`. Its results are committed.
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { findChromium } from './chromium.mjs'
import { Advice, projectRoot, runScript } from './project.mjs'

/** @typedef {import('playwright-core').Page} Page */

await runScript(async () => {
  const [volunteerLink, coordinatorLink, reportAddress] = process.argv.slice(2)
  const executablePath = await findChromium()
  if (volunteerLink === undefined || coordinatorLink === undefined || reportAddress === undefined) throw new Advice('Three addresses are needed: the volunteer’s link, the coordinator’s and the report, as `npm run demo` prints them.')
  if (executablePath === null) throw new Advice('No Chromium was found.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const phone = await browser.newPage({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-GB' })
    await joinBy(phone, volunteerLink, 'Awa', 'Mama Taa women’s group')
    await recordChallenge(phone)
    await recordAction(phone)
    await phone.getByText('Received', { exact: true }).nth(1).waitFor()
    // The word that it opens offline now goes away by itself.
    await phone.waitForTimeout(10_000)
    await shoot(phone, 'home')
    await phone.goto(new URL('/new/challenge', volunteerLink).href)
    await choose(phone, /Education and learning/)
    await shoot(phone, 'topic')
    const desk = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    await joinBy(desk, coordinatorLink, 'Ruth', 'Solidarity Network')
    await desk.goto(new URL('/desk', coordinatorLink).href)
    await desk.getByRole('listitem').nth(5).waitFor()
    await desk.waitForTimeout(1500)
    await shoot(desk, 'desk')
    await shootReport(desk, reportAddress)
  } finally {
    await browser.close()
  }
  return 0
})

/**
 * The picture of the published report for the README: how it begins, and what coordinators wrote. Not one of the manifest's.
 * @param {Page} page
 * @param {string} address
 */
async function shootReport(page, address) {
  await page.setViewportSize({ width: 960, height: 1420 })
  await page.goto(`${address}?language=en`)
  const edgeOf = async (/** @type {string} */ selector, /** @type {'top' | 'bottom'} */ edge) => page.locator(selector).first().evaluate((element, which) => Math.round(element.getBoundingClientRect()[which]), edge)
  const [end, begin] = [await edgeOf('.highlights', 'bottom'), await edgeOf('.theme', 'top')]
  // Between the two is room: the one does not follow the other.
  const second = end + 32
  const parts = [{ y: 0, height: end }, { y: begin, height: 1420 - second }]
  const pictures = await Promise.all(parts.map(({ y, height }) => page.screenshot({ fullPage: true, clip: { x: 0, y, width: 960, height } })))
  const joined = sharp({ create: { width: 960, height: 1420, channels: 3, background: '#faf6ef' } }).composite(pictures.map((input, index) => ({ input, left: 0, top: index * second })))
  await sharp(await joined.png().toBuffer()).webp({ quality: 82, effort: 6 }).toFile(join(projectRoot, 'docs', 'report.webp'))
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function shoot(page, name) {
  await sharp(await page.screenshot()).webp({ quality: 82, effort: 6 }).toFile(join(projectRoot, 'public', 'screenshots', `${name}.webp`))
}

/**
 * @param {Page} page
 * @param {string} link
 * @param {string} name
 * @param {string} organisation
 */
async function joinBy(page, link, name, organisation) {
  await page.goto(link)
  await page.getByLabel('What should we call you?').fill(name)
  await page.getByLabel('Your group or organisation').fill(organisation)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByRole('link', { name: /Challenge/ }).first().waitFor()
}

/** @param {Page} page */
async function recordChallenge(page) {
  await begin(page, /Challenge/)
  await pick(page, /Education and learning/)
  await pick(page, /People lack some essentials/)
  await pick(page, /General population/)
  await fillPlace(page, 'Kajulu')
  await next(page)
  await pick(page, /Today/)
  await page.getByRole('textbox', { name: /What happens/ }).fill('The school is closed since the sixteenth. The lessons come by radio, but we do not receive it.')
  await next(page)
  await pick(page, /People living it told me/)
  await pick(page, /They said yes$/)
  await save(page)
}

/** @param {Page} page */
async function recordAction(page) {
  await begin(page, /Action/)
  await pick(page, /Making/)
  await pick(page, /Health/)
  await pick(page, /Ongoing/)
  await fillPlace(page, 'Manyatta')
  await page.getByRole('textbox', { name: /Who does it/ }).fill('Mama Taa women’s group')
  await page.getByRole('combobox', { name: /What kind of group/ }).selectOption('504')
  await next(page)
  await pick(page, /Not known/)
  await page.getByRole('textbox', { name: /What was done/ }).fill('Fourteen women sew masks from old sheets and give them to the market sellers.')
  await next(page)
  await pick(page, /None listed/)
  await choose(page, /I saw it myself/)
  await pick(page, /Nobody can be recognised/)
  await save(page)
}

/**
 * @param {Page} page
 * @param {RegExp} kind
 */
async function begin(page, kind) {
  await page.getByRole('link', { name: kind }).first().click()
}

/**
 * @param {Page} page
 * @param {RegExp} name
 */
async function choose(page, name) {
  const control = page.getByRole('radio', { name }).or(page.getByRole('checkbox', { name })).first()
  // By the keyboard: a tap on a whole answer goes on by itself.
  if (!(await control.isChecked())) await control.press('Space')
}

/**
 * @param {Page} page
 * @param {RegExp} name
 */
async function pick(page, name) {
  await choose(page, name)
  await next(page)
}

/** @param {Page} page */
async function next(page) {
  await page.getByRole('button', { name: 'Next', exact: true }).click()
}

/**
 * @param {Page} page
 * @param {string} place
 */
async function fillPlace(page, place) {
  await page.getByRole('combobox', { name: /^Country/ }).selectOption('KEN')
  await page.getByRole('textbox', { name: /^Region/ }).fill('Kisumu')
  await page.getByRole('textbox', { name: /^Place/ }).fill(place)
}

/** @param {Page} page */
async function save(page) {
  await page.getByRole('button', { name: 'Save on this phone' }).click()
  await page.getByRole('heading', { name: 'My entries' }).waitFor()
}
