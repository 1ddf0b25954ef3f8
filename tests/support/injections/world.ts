import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { createCampaignId } from '#domain/new-ids.ts'
import { entriesResponseSchema, inviteResponseSchema } from '#protocol/desk.ts'
import { importResponseSchema } from '#protocol/import.ts'
import { csvText } from '#exchange/csv.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import type { Injection } from './injection.ts'
import { Spread } from './spread.ts'
import type { Placed } from './spread.ts'
import { makeEntries } from './world-entries.ts'
import type { MadeEntry } from './world-entries.ts'
import { callAs } from './world-ground.ts'
import type { WorldGround } from './world-ground.ts'
import { makeAside, makePeople } from './world-people.ts'
import { makeReport, setCampaign } from './world-report.ts'
import type { MadeReport } from './world-report.ts'

/** A campaign whose every word is hostile. */
export interface World {
  readonly spread: Spread
  readonly author: ScriptDevice
  readonly coordinator: ScriptDevice
  readonly entries: readonly MadeEntry[]
  readonly people: Awaited<ReturnType<typeof makePeople>>
  readonly aside: Awaited<ReturnType<typeof makeAside>>
  readonly report: MadeReport
  readonly settings: Awaited<ReturnType<typeof setCampaign>>
  /** Entries that a table became, each with the cell that it tells. */
  readonly imported: readonly { readonly id: string; readonly told: readonly Placed[] }[]
  /** Rows of that table that became none, each with the cell that was named as the reason. */
  readonly refused: readonly { readonly field: string; readonly cell: string | null }[]
  /** Invites to further campaigns, each with the name that it is called by. */
  readonly founded: readonly { readonly name: Placed; readonly secret: string }[]
}

export interface WorldPlan {
  readonly texts: readonly Injection[]
  /** So many texts in each place. */
  readonly turns: number
  /** The first text of the first place. */
  readonly first: number
}

/** Fills a campaign through the interface alone, as phones and desks do. */
export async function fillWorld(ground: WorldGround, { texts, turns, first }: WorldPlan): Promise<World> {
  const spread = new Spread(texts, first)
  const join = (link: string, turn: number) => ScriptDevice.join(ground.deps, link, { name: spread.text('joinRequest.name', turn), organisation: spread.text('joinRequest.organisation', turn), language: 'en' })
  const coordinator = await join(ground.coordinatorLink, 1)
  const { url: link } = v.parse(inviteResponseSchema, await callAs(ground, coordinator, 'POST', ['/invites', { role: 'volunteer', uses: 1000 }]))
  const author = await join(link, 2)
  const writing = { ground, spread, coordinator, link }
  const settings = await setCampaign(writing, { turn: 0, areas: turns })
  const entries = await makeEntries({ ground, spread, author, reviewer: coordinator }, turns)
  const people = await makePeople(writing, turns)
  const aside = await makeAside(writing, { other: await join(link, 3), entries, turns })
  const report = await makeReport(writing, entries, turns)
  const brought = await bringTable(writing, turns)
  const founded = await foundOthers(writing, turns)
  return { spread, author, coordinator, entries, people, aside, report, settings, ...brought, founded }
}

type Making = { readonly ground: WorldGround; readonly spread: Spread; readonly coordinator: ScriptDevice }

/** A table of somebody's, read by a plan: hostile headers, hostile cells. */
async function bringTable({ ground, spread, coordinator }: Making, turns: number): Promise<Pick<World, 'imported' | 'refused'>> {
  const table = hostileTable(spread, turns)
  const plan = { kind: 'action', columns: { description: 0, orgName: 1, title: 2, placeName: 3 }, constants: { topic: 'EDU', country: 'HTI', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', actionType: 'education', status: 'ongoing', orgType: '504', startOn: '2026-02-03' }, values: {}, dayOrder: 'dmy' }
  const { refused } = v.parse(importResponseSchema, await callAs(ground, coordinator, 'POST', ['/import?format=table', { text: table.csv, plan }]))
  const { entries } = v.parse(entriesResponseSchema, await callAs(ground, coordinator, 'GET', [`/entries?kind=action&state=received&limit=200`]))
  const blank = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
  return {
    imported: entries.map(({ id, text }) => ({ id, told: table.placed.filter((cell) => blank(text) === blank(`${cell.text} ${behind}`)) })),
    refused: refused.map(({ row, field = '' }) => ({ field, cell: table.rows[row - 2]?.[Object.keys(plan.columns).indexOf(field)]?.text ?? null })),
  }
}

/** What follows in each cell, so that it is long enough to tell something. */
const behind = 'and more words'


export function hostileTable(spread: Spread, turns: number): { readonly csv: string; readonly placed: readonly Placed[]; readonly rows: readonly (readonly Placed[])[] } {
  const header = [0, 1, 2, 3].map((column) => spread.text('table.header', column))
  const rows = Array.from({ length: turns }, (_, turn) => [0, 1, 2, 3].map((column) => spread.at('table.cell', turn + column * 11)))
  return { csv: csvText([header, ...rows.map((row) => row.map(({ text }, column) => (column === 0 ? `${text} ${behind}` : text)))]), placed: rows.flatMap(([first]) => first ?? []), rows }
}

/** Further campaigns with hostile names; who follows their invite is shown the name. */
async function foundOthers({ ground, spread, coordinator }: Making, turns: number): Promise<World['founded']> {
  const made: { readonly name: Placed; readonly secret: string }[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const [name, secret] = [spread.at('campaignOrder.name', turn), randomBytes(16).toString('base64url')]
    const id = createCampaignId(ground.deps.clock, ground.deps.chance)
    await callAs(ground, coordinator, 'POST', ['/campaigns', { id, invite: secret, name: name.text, countries: ['HTI'], languages: ['en'] }])
    made.push({ name, secret })
  }
  return made
}
