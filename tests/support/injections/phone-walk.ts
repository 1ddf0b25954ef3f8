import type { Page } from '@playwright/test'
import { pathOf } from '#volunteer/record/steps.ts'
import { readyOffline } from '../profiles.ts'
import type { Placed, Spread } from './spread.ts'
import { Walk } from './walk.ts'
import type { MadeEntry } from './world-entries.ts'
import type { World } from './world.ts'

/** The author's own phone: every screen that it has, with this world on it. */
export async function walkPhone(page: Page, world: World, turns: number): Promise<Walk & { readonly draft: string }> {
  let typed = 0
  const { spread, settings } = world
  const walk = new Walk(page, () => spread.text('typed', (typed += 1)))
  for (const entry of world.entries) if (entry.fate !== 'erased') await walk.see(`/entry/${entry.id}`, shownOnPhone(entry))
  await walk.see('/', world.entries.flatMap(({ fate, said }) => (fate === 'waiting' ? said.filter(({ place }) => place.startsWith('decide.questions')) : [])).slice(0, 3))
  await walk.see('/entries')
  const [draft] = [await walkDraft(walk, world, 'challenge'), await walkDraft(walk, world, 'action')]
  await seeSettings(walk, draft, settings)
  for (const path of ['/carry', '/help', '/install', '/practice', '/practice/new/challenge', '/new/action', '/shared', '/nowhere']) await walk.see(path)
  for (const { name, secret } of world.founded) {
    await walk.see('/settings')
    await walk.see(`/join#${secret}`, [name])
  }
  await walk.seeEach((turn) => hostileAddresses(spread, turn), turns)
  await carryFile(walk, spread)
  await shareWith(walk, spread, turns)
  return Object.assign(walk, { draft })
}

/** What the phone keeps of an entry; what was revised since stands no more, and translations are for the desk. */
function shownOnPhone({ fate, recorded, said }: MadeEntry): readonly Placed[] {
  const now = fate === 'asked' ? said.filter(({ place }) => !place.startsWith('decide.questions')) : [...recorded, ...said]
  return now.filter(({ place }) => !place.startsWith('newer.') && place !== 'translation' && place !== 'correct.set.photos.*.caption')
}

/** A draft that takes over from an entry, on each of its screens. */
async function walkDraft(walk: Walk, { entries }: World, kind: MadeEntry['kind']): Promise<string> {
  const entry = entries.find((one) => one.kind === kind && one.fate === 'approved')
  if (entry === undefined) throw new Error('no entry to go on from')
  await walk.see(`/update/${entry.id}`)
  await walk.page.waitForURL(/\/record\//)
  const [, , draft = ''] = new URL(walk.page.url()).pathname.split('/')
  for (const { id } of pathOf(kind)) await walk.see(`/record/${draft}/${id}`)
  await walk.see(`/record/${draft}/date`)
  return draft
}

/** The settings of the campaign, where people are shown them. */
export async function seeSettings(walk: Walk, draft: string, { name, urgentHelp, consentNote }: World['settings']): Promise<void> {
  await walk.see('/settings', [urgentHelp])
  await walk.see(`/record/${draft}/consent`, [consentNote])
  // Reads its rows once: by now the phone has heard of them.
  await walk.see('/campaigns', [name])
}

/** Addresses of the phone's screens that somebody has made up. */
function hostileAddresses(spread: Spread, turn: number): readonly string[] {
  const text = encodeURIComponent(spread.text('address', turn))
  return [`/entry/${text}`, `/update/${text}`, `/record/${text}/${text}`, `/new/${text}`, `/entries?report=${text}`, `/campaigns?campaign=${text}&to=${text}`, `/shared?failed=${text}&text=${text}`, `/${text}`, `/help?a=${text}#${text}`, `/help/${text}`, `/practice/${text}`, `/r/${text}`]
}

async function carryFile(walk: Walk, spread: Spread): Promise<void> {
  const name = spread.text('file.name', 0)
  await walk.see('/carry')
  await walk.page.locator('main input[type=file]').first().setInputFiles({ name: `${name}.terrain`, mimeType: 'application/octet-stream', buffer: Buffer.from(spread.text('unreadable', 0)) })
  await walk.look('/carry', [])
}

/** What the browser's share sheet does: a form, posted to the address of the web manifest. */
async function shareWith(walk: Walk, spread: Spread, turns: number): Promise<void> {
  const { page } = walk
  await readyOffline(page)
  for (let turn = 0; turn < turns; turn += 1) {
    const shared = ['shared.title', 'shared.text', 'shared.url'].map((place) => spread.at(place, turn))
    await page.evaluate((values) => {
      const form = document.createElement('form')
      Object.assign(form, { action: '/share', method: 'post', enctype: 'multipart/form-data', id: 'share-sheet' })
      for (const [name, value] of Object.entries(values)) {
        const input = document.createElement('textarea')
        Object.assign(input, { name, value })
        form.append(input)
      }
      document.body.append(form)
    }, Object.fromEntries(shared.map(({ place, text }) => [place.replace('shared.', ''), text])))
    await Promise.all([page.waitForEvent('load'), page.evaluate(() => (document.getElementById('share-sheet') as HTMLFormElement).submit())])
    await walk.look('/shared', shared)
  }
}
