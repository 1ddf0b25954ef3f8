import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeTypes } from '#domain/change.ts'
import type { ChangeBody, ChangeEnvelope, ChangeType } from '#domain/change.ts'
import type { EntryId } from '#domain/ids.ts'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const [stored, forbidden, unknown, invalid] = ['stored', 'forbidden', 'unknown-entry', 'invalid'] as const
type Outcome = typeof stored | typeof forbidden | typeof unknown | typeof invalid

/** Whose entry: one's own, that of another member, and one that stands in another campaign, whose id somebody has got hold of. */
interface Row {
  readonly volunteer: Readonly<Record<'own' | 'other' | 'foreign', Outcome>>
  readonly coordinator: Readonly<Record<'own' | 'other' | 'foreign', Outcome>>
}

const byAuthor: Row = { volunteer: { own: stored, other: forbidden, foreign: unknown }, coordinator: { own: stored, other: forbidden, foreign: unknown } }
const byBoth: Row = { volunteer: { own: stored, other: forbidden, foreign: unknown }, coordinator: { own: stored, other: stored, foreign: unknown } }
const atDesk: Row = { volunteer: { own: forbidden, other: forbidden, foreign: unknown }, coordinator: { own: stored, other: stored, foreign: unknown } }
const byServer: Row = { volunteer: { own: forbidden, other: forbidden, foreign: unknown }, coordinator: { own: forbidden, other: forbidden, foreign: unknown } }
/** One of another campaign is none here, and one that may still come: the erasure holds for what its own member sends of it, and changes nothing there. */
const erases: Row = { volunteer: { own: stored, other: forbidden, foreign: stored }, coordinator: { own: stored, other: stored, foreign: stored } }
/** An entry begins once: whose id is taken in this campaign is taken, and one of another campaign is none here. */
const begins: Row = { volunteer: { own: invalid, other: invalid, foreign: stored }, coordinator: { own: invalid, other: invalid, foreign: stored } }

/** A type of change that is not in this table fails the test. `link/…` are the kinds of a link. */
const table: Readonly<Record<string, Row>> = {
  record: begins, revise: byAuthor, withdraw: byAuthor, comment: byBoth, unlink: byBoth, erase: erases, decide: atDesk, correct: atDesk, release: atDesk, fileStored: byServer,
  'link/answers': byBoth, 'link/updateOf': byBoth, 'link/sameAs': atDesk, 'link/duplicateOf': atDesk,
}

describe.each(databasesWhenDeep)('who may make which change, on %s', (database) => {
  let server: TestServer
  const people: Record<'volunteer' | 'coordinator' | 'other' | 'stranger', ScriptDevice> = {} as never
  beforeAll(async () => {
    server = await startTestServer({ database })
    Object.assign(people, { volunteer: await server.join('volunteer'), coordinator: await server.join('coordinator'), other: await server.join('volunteer'), stranger: await server.joinOther('coordinator') })
  })
  afterAll(() => server.close())

  const record = async (who: ScriptDevice): Promise<ChangeEnvelope & { readonly entryId: EntryId }> => {
    const change = who.change('record', { content: aChallenge() })
    await who.push([change])
    return change
  }
  async function bodyOf(row: string, entryId: EntryId, first: ChangeEnvelope['id']): Promise<ChangeBody<ChangeType>> {
    const [type = '', kind = ''] = row.split('/')
    const contentHash = await hashContent({ content: aChallenge(), corrections: {} }, (text) => Promise.resolve(sha256Of(text)))
    const bodies: Readonly<Record<ChangeType, unknown>> = {
      record: { content: aChallenge() }, revise: { set: { description: 'Other words that are long enough.' }, unset: [], answers: [] }, withdraw: {}, comment: { text: 'A word.', lang: 'en' },
      link: { to: (await record(people.other)).entryId, kind }, unlink: { link: first }, decide: { revision: first, contentHash, verdict: 'approve', questions: [] },
      correct: { set: { placeName: 'Elsewhere' }, unset: [] }, release: { change: first }, erase: { reason: 'asked' }, fileStored: { sha256: 'a'.repeat(64), entryId },
    }
    return bodies[type as ChangeType] as ChangeBody<ChangeType>
  }

  it('[SE240] every type of change stands in the table', () => {
    expect(changeTypes.filter((type) => !Object.keys(table).some((row) => row.split('/')[0] === type))).toEqual([])
  })

  it.each(Object.keys(table))('[SE240] %s is taken from each role on each entry as the table says, and what is refused changes nothing', async (row) => {
    const type = row.split('/')[0] as ChangeType
    for (const role of ['volunteer', 'coordinator'] as const) for (const whose of ['own', 'other', 'foreign'] as const) {
      const target = await record({ own: people[role], other: people.other, foreign: people.stranger }[whose])
      const before = await server.context.store.changes.ofEntry(server.campaign.id, target.entryId)
      const [result] = (await people[role].push([people[role].change(type, await bodyOf(row, target.entryId, target.id), { entryId: target.entryId, base: target.id })])).results
      const outcome = result?.status === 'quarantined' ? result.problem : result?.status
      expect([row, role, whose, outcome]).toEqual([row, role, whose, table[row]?.[role][whose]])
      const counting = (await server.context.store.changes.ofEntry(server.campaign.id, target.entryId)).filter(({ quarantined }) => quarantined === null)
      expect(outcome === stored ? [] : counting).toEqual(outcome === stored ? [] : before)
    }
  })

  it.each(['sameAs', 'duplicateOf', 'answers', 'updateOf'] as const)('[SE950] of what a coordinator tied to an entry its author takes back who answers what and what is new of it, and not %s, where that says that two tell of one event', async (kind) => {
    const { volunteer, coordinator, other } = people
    const { entryId, id } = await record(volunteer)
    const link = coordinator.change('link', { to: (await record(other)).entryId, kind }, { entryId, base: id })
    await coordinator.push([link])
    const take = async (device: ScriptDevice) => (await device.push([device.change('unlink', { link: link.id }, { entryId, base: link.id })])).results.map(({ status, problem }) => problem ?? status)
    const isTied = async () => ((await server.context.store.entries.state(server.campaign.id, entryId))?.links.length ?? 0) > 0
    const isTheirs = kind === 'answers' || kind === 'updateOf'
    expect([await take(volunteer), await isTied()]).toEqual(isTheirs ? [[stored], false] : [[forbidden], true])
    expect([await take(coordinator), await isTied()]).toEqual([[stored], false])
  })

  it('[SE240] nobody pushes into another campaign, whatever they name', async () => {
    for (const role of ['volunteer', 'coordinator'] as const) {
      const request = { ...(await people.stranger.requestFor([people.stranger.change('record', { content: aChallenge() })])), campaignId: server.campaign.id }
      const inTheirName = { ...request, deviceId: people[role].deviceId }
      for (const body of [request, inTheirName]) expect((await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: people.stranger.headers, payload: body })).json()).toMatchObject({ code: 'not-found' })
    }
  })
})
