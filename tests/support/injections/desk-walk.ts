import type { Page } from '@playwright/test'
import { hostileFiles } from './hostile-files.ts'
import type { Spread } from './spread.ts'
import { Walk } from './walk.ts'
import { goTo } from './words-on.ts'
import type { World } from './world.ts'

/** A coordinator's desk: every screen that it has, with this world on it. */
export async function walkDesk(page: Page, world: World, turns: number): Promise<Walk> {
  let typed = 0
  const { spread, settings, people, aside, report } = world
  const walk = new Walk(page, () => spread.text('typed', (typed += 1)))
  for (const { id, fate, recorded, said } of world.entries) if (fate !== 'erased') await walk.see(`/desk/entry/${id}`, [...recorded, ...said].filter(({ place }) => !/photos/.test(place) || fate === 'approved'))
  for (const { id, told } of world.imported) await walk.see(`/desk/entry/${id}`, told)
  await walk.see('/desk?view=all', people.views)
  await walk.see('/desk/people', people.shown)
  await walk.see('/desk/aside', aside.shown)
  await walk.see('/desk/audit')
  await walk.see('/desk/audit?type=release', aside.released)
  for (const type of ['member.setAside', 'member.erased', 'erase', 'withdraw', 'aside.settle', 'invite.made']) await walk.see(`/desk/audit?type=${type}`)
  // A theme is named where there is an entry of it.
  await walk.see('/desk/overview?of=open', settings.themes.slice(0, turns))
  await walk.see('/desk/report', report.atDesk)
  for (const { id, written } of report.parts) await walk.see(`/desk/report?part=${id}`, written)
  await walk.see('/desk/report/publish')
  await walk.see('/desk/nowhere')
  await walk.seeEach((turn) => hostileAddresses(spread, turn), turns)
  await seeSettings(walk, settings)
  await bringFiles(walk, spread, turns)
  return walk
}

/** The settings of another round, where they are made and where the report shows them. */
export async function seeSettings(walk: Walk, { name, urgentHelp, consentNote, areasSource, themes, areas }: World['settings']): Promise<void> {
  await walk.see('/desk/overview')
  // What was typed there before is still there, and is not what is looked for.
  await goTo(walk.page, '/desk/campaign')
  const undo = walk.page.getByRole('button', { name: 'Undo all' })
  if (await undo.isVisible()) await undo.click()
  await goTo(walk.page, '/desk/overview')
  await walk.see('/desk/campaign', [name, urgentHelp, consentNote, areasSource, ...themes, ...areas])
}

/** Addresses of the desk that somebody has made up, with every word that it reads from there. */
function hostileAddresses(spread: Spread, turn: number): readonly string[] {
  const text = encodeURIComponent(spread.text('address', turn))
  const all = (names: readonly string[]): string => names.map((name) => `${name}=${text}`).join('&')
  return [
    `/desk?${all(['view', 'q', 'sort', 'week', 'adm1', 'organisation', 'author', 'device', 'assignee', 'lang', 'source', 'topic', 'country', 'state', 'kind', 'severity', 'warning'])}`, `/desk/overview?${all(['of', 'topic', 'area', 'severity', 'week'])}`, `/desk/audit?${all(['type', 'member', 'ref', 'from', 'to'])}`,
    `/desk/report?${all(['part'])}`, `/desk/report/figure?id=${encodeURIComponent(spread.text('figureQuery.id', turn))}&${all(['from', 'to'])}`, `/desk/entry/${text}`, `/desk/${text}`,
  ]
}

/** Files that somebody brings to the desk, each shown before anything of it is taken in. */
async function bringFiles(walk: Walk, spread: Spread, turns: number): Promise<void> {
  const { page } = walk
  for (const { screen, file, shown } of await hostileFiles(spread, turns)) {
    await walk.see('/desk/overview')
    await walk.see(screen)
    await page.locator('main input[type=file]').first().setInputFiles(file)
    await walk.look(`${screen}: ${file.mimeType}`, shown)
  }
}
