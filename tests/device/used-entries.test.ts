import { expect, it } from 'vitest'
import type { EntryId, Instant } from '#domain/ids.ts'
import { openDevice } from '#device/open-device.ts'
import type { UsedIn } from '#device/used-entries.ts'
import { eventually } from '../support/eventually.ts'
import { createFakeServer, json, problem } from '../support/fake-server.ts'
import { newDatabaseName, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'
import { testGround } from '../support/test-ground.ts'
import type { TestGroundParts } from '../support/test-ground.ts'

const { closeLater, join } = phonesOfTests()

const hour = 3_600_000
const inReport = (entryId: EntryId, number: number, text = 'Schools were closed.'): UsedIn => ({ entryId, number, url: `https://terrain.example/r/spring-${number}`, publishedAt: '2026-11-26T10:00:00.000Z' as Instant, sentences: [{ id: 's1', text, lang: 'en' }] })

interface Reported extends Phone {
  readonly id: EntryId
  readonly approve: () => Promise<void>
  readonly says: (used: readonly UsedIn[]) => void
  readonly asked: () => number
}

/** A phone with an entry on a server that knows of reports. */
async function aReportedPhone(parts: Partial<TestGroundParts> = {}): Promise<Reported> {
  const server = createFakeServer()
  let used: readonly UsedIn[] = []
  server.fault({ after: (path, answer) => (path === '/reports/used' ? json({ used }) : answer) })
  const phone = await join({ server, ...parts })
  const id = await savedChallenge(phone.device)
  await phone.device.flush()
  return {
    ...phone, id,
    approve: async () => {
      const [record] = server.stored().filter(({ change }) => change.type === 'record')
      server.addChange({ entryId: id, type: 'decide', body: { revision: record?.change.id, contentHash: 'a'.repeat(64), verdict: 'approve', questions: [] } })
      await phone.device.flush()
    },
    says: (next) => {
      used = next
    },
    asked: () => server.requests.filter(({ path }) => path === '/reports/used').length,
  }
}

const numberOf = ({ device }: Phone) => device.entries.get()?.[0]?.report

it('[DS71] in which reports entries count is kept with the sentences, offline and after a restart too', async () => {
  const phone = await aReportedPhone()
  phone.says([inReport(phone.id, 2), inReport(phone.id, 1, 'Wells were dry.')])
  await phone.approve()
  await until(phone.device.entries, ([entry]) => entry?.report === 2)
  phone.device.close()
  const again = await reopened(phone, { isOnline: false })
  closeLater(again)
  const used = await until(again.device.used, (all) => all.length === 2)
  expect(used).toEqual([inReport(phone.id, 2), inReport(phone.id, 1, 'Wells were dry.')])
  await until(again.device.entries, ([entry]) => entry?.report === 2)
  expect(numberOf(again)).toBe(2)
  expect((await until(again.device.watchEntry(phone.id), (entry) => entry !== null))?.report).toBe(2)
})

it('[DS71] who watches hears of it at once, also from before the phone had joined', async () => {
  const server = createFakeServer()
  let used: readonly UsedIn[] = []
  server.fault({ after: (path, answer) => (path === '/reports/used' ? json({ used }) : answer) })
  const ground = testGround({ databaseName: newDatabaseName(), fetch: server.fetch })
  const device = await openDevice(ground)
  closeLater({ device, ground, server })
  const heard: (number | undefined)[] = []
  device.used.subscribe(() => heard.push(device.used.get()?.length))
  await until(device.used, (all) => all.length === 0)
  await device.join({ invite: 'i'.repeat(22), name: 'Amal', language: 'en' })
  const id = await savedChallenge(device)
  await device.flush()
  used = [inReport(id, 1)]
  server.addChange({ entryId: id, type: 'decide', body: { revision: server.stored().find(({ change }) => change.type === 'record')?.change.id, contentHash: 'a'.repeat(64), verdict: 'approve', questions: [] } })
  await device.flush()
  // Nobody watches the entries here: they are read anew by themselves.
  await eventually(() => expect([heard, device.entries.get()?.[0]?.report]).toEqual([[0, 1], 1]))
})

it('[DS73] nobody asks before an entry was approved; then at a decision, and after some hours at a sync', async () => {
  const phone = await aReportedPhone()
  await phone.device.askUsed()
  expect(phone.asked()).toBe(0)
  await phone.approve()
  expect(phone.asked()).toBe(1)
  await phone.approve()
  expect(phone.asked()).toBe(1)
  for (const [hours, count] of [[5, 1], [1.1, 2], [1, 2], [6, 3]] as const) {
    phone.ground.time.advance(hours * hour)
    await phone.device.flush()
    expect(phone.asked()).toBe(count)
  }
})

it('[DS73] a person who looks at an entry has it asked, at most once a minute; where data counts all of it is asked less often', async () => {
  const phone = await aReportedPhone()
  phone.ground.time.advance(hour)
  await phone.approve()
  await phone.device.askUsed()
  expect(phone.asked()).toBe(1)
  phone.ground.time.advance(2 * 60_000)
  await phone.device.askUsed()
  expect(phone.asked()).toBe(2)
  phone.ground.setOnline(false)
  phone.ground.time.advance(2 * 60_000)
  await phone.device.askUsed()
  expect(phone.asked()).toBe(2)

  const metered = await aReportedPhone({ isMetered: () => true })
  metered.ground.time.advance(24 * hour)
  await metered.approve()
  expect(metered.asked()).toBe(1)
  metered.ground.time.advance(2 * 60_000)
  await metered.device.askUsed()
  metered.ground.time.advance(20 * hour)
  await metered.device.flush()
  expect(metered.asked()).toBe(1)
  metered.ground.time.advance(5 * hour)
  await metered.device.flush()
  expect(metered.asked()).toBe(2)
})

it('[DS73] without an answer what is kept stays, the sync is none the worse, and a server that does not know the question is not asked at each', async () => {
  const phone = await aReportedPhone()
  phone.says([inReport(phone.id, 1)])
  phone.ground.time.advance(hour)
  await phone.approve()
  await until(phone.device.used, (all) => all.length === 1)
  for (const [answer, more] of [['no-answer', 2], [json({ used: 'nonsense' }), 2], [problem('not-found'), 1]] as const) {
    phone.server.fault({ after: (path, made) => (path === '/reports/used' ? answer : made) })
    const before = phone.asked()
    phone.ground.time.advance(7 * hour)
    expect((await phone.device.flush()).problem).toBeNull()
    await phone.device.flush()
    expect([phone.asked() - before, phone.device.used.get()?.length]).toEqual([more, 1])
  }
})

it('[DS74] each answer takes the place of the one before, and a restored server is asked at once', async () => {
  const phone = await aReportedPhone()
  phone.says([inReport(phone.id, 1)])
  phone.ground.time.advance(hour)
  await phone.approve()
  await until(phone.device.used, (all) => all.length === 1)
  phone.says([inReport(phone.id, 1, 'The words are no longer shown.')])
  phone.ground.time.advance(7 * hour)
  await phone.device.flush()
  expect((await until(phone.device.used, ([one]) => one?.sentences[0]?.text === 'The words are no longer shown.'))).toHaveLength(1)
  phone.says([])
  phone.server.restore(phone.server.stored().length)
  await phone.device.flush()
  await until(phone.device.used, (all) => all.length === 0)
  await until(phone.device.entries, ([entry]) => entry?.report === null)
})

it('[DS74] what was said to one member is shown to no other', async () => {
  const phone = await aReportedPhone()
  phone.says([inReport(phone.id, 1)])
  phone.ground.time.advance(hour)
  await phone.approve()
  await until(phone.device.used, (all) => all.length === 1)
  phone.server.fault({ after: (path, answer) => (path === '/reports/used' ? 'no-answer' : answer) })
  const before = phone.device.membership.get()?.member.id
  const again = await phone.device.join({ invite: 'j'.repeat(22), name: 'Berta', language: 'en' })
  expect(again.ok && again.value.member.id !== before).toBe(true)
  expect(await until(phone.device.used, (all) => all.length === 0)).toEqual([])
})
