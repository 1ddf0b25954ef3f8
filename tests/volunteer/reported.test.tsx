import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { LocalEntry } from '#device/device.ts'
import { keptAtHeader, keptBytesHeader, reportsCache } from '#device/report-pages.ts'
import type { UsedIn } from '#device/used-entries.ts'
import type { EntryId, Instant } from '#domain/ids.ts'
import { standingOf } from '#volunteer/entries/standing.ts'
import { trailOf } from '#volunteer/entry/trail-model.ts'
import { createFakeCaches } from '../support/fake-caches.ts'
import { createFakeServer, json } from '../support/fake-server.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { arabic, openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** Recorded on another phone of the same person. */
const elsewhere = '0197a1b2-0000-7000-8000-000000000001' as EntryId
const sentence = { id: 's1', text: 'تقول الأسر إن ماء الكشك ينفد قبل العاشرة.', lang: 'ar' }
const inReport = (entryId: EntryId, about: Partial<UsedIn> = {}): UsedIn => ({ entryId, number: 1, url: 'https://terrain.example/r/spring-1-abcdef', publishedAt: '2026-03-05T10:00:00.000Z' as Instant, sentences: [sentence], ...about })

interface Reported extends Phone {
  readonly ids: readonly EntryId[]
}

/** Approved entries, and a server that says where they count. `online` false: it said so before. */
async function reportedPhone(say: (ids: readonly EntryId[]) => readonly UsedIn[], { entries = 1, online = false } = {}): Promise<Reported> {
  const server = createFakeServer()
  let used: readonly UsedIn[] = []
  server.fault({ after: (path, answer) => (path === '/reports/used' ? json({ used }) : answer) })
  const phone = await joinedPhone({ server })
  phones.push(phone)
  const ids: EntryId[] = []
  for (let n = 1; n <= entries; n += 1) ids.push(await savedChallenge(phone.device, { topic: 'WSH', description: `The kiosk sells water only until ten, ${n}.` }))
  await phone.device.flush()
  used = say(ids)
  for (const { change } of server.stored().filter(({ change: { type } }) => type === 'record')) server.addChange({ entryId: change.entryId, type: 'decide', body: { revision: change.id, contentHash: 'a'.repeat(64), verdict: 'approve', questions: [] } })
  await phone.device.flush()
  await until(phone.device.used, (all) => all.length === used.length)
  phone.ground.setOnline(online)
  return { ...phone, ids }
}

const trail = async () => (await screen.findByRole('heading', { name: 'What became of it' })).closest('section') ?? document.body
const titles = (section: HTMLElement) => within(section).getAllByRole('listitem').map((item) => item.querySelector('b')?.textContent)

test('[VO180] [VO181] [VO184] without a connection the trail says in which report an entry counts, and reads its sentence with the way to its place there', async () => {
  const phone = await reportedPhone(([id]) => (id === undefined ? [] : [inReport(id)]))
  openAt(`/entry/${phone.ids[0]}`, phone.device)
  const section = await trail()
  await waitFor(() => expect(titles(section)).toEqual(['Saved on this phone', 'Received', 'Approved', 'Counted in report no. 1, 5 March 2026']))
  const words = within(section).getByText(sentence.text)
  expect([words.lang, words.dir]).toEqual(['ar', 'auto'])
  expect(within(section).getByText('Your entry stands behind this sentence.')).toBeTruthy()
  expect(within(section).getByRole('link', { name: 'Read it in the report' }).getAttribute('href')).toBe('/r/spring-1-abcdef?language=en#sentence-s1')
  expect(within(section).queryByText('Used in the report')).toBeNull()
  expect(screen.getByText('In the report')).toBeTruthy()
})

test('[VO181] in numbers alone it says so and leads to the report; in Arabic in its words', async () => {
  const phone = await reportedPhone(([id]) => (id === undefined ? [] : [inReport(id, { sentences: [] })]))
  const shown = openAt(`/entry/${phone.ids[0]}`, phone.device)
  expect(within(await trail()).getByText('It is in the numbers of the report. No sentence cites it.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Read the report' }).getAttribute('href')).toBe('/r/spring-1-abcdef?language=en')
  shown.unmount()
  openAt(`/entry/${phone.ids[0]}`, phone.device, { language: arabic })
  expect(await screen.findByText(/احتُسب في التقرير رقم/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'اقرأ التقرير' }).getAttribute('href')).toBe('/r/spring-1-abcdef?language=ar')
})

test('[VO184] whoever looks at an entry has the server asked', async () => {
  const phone = await reportedPhone(() => [], { online: true })
  phone.server.fault({ after: (path, answer) => (path === '/reports/used' ? json({ used: phone.ids.map((id) => inReport(id)) }) : answer) })
  phone.ground.time.advance(120_000)
  openAt(`/entry/${phone.ids[0]}`, phone.device)
  expect(await screen.findByText('Counted in report no. 1, 5 March 2026')).toBeTruthy()
})

test('[VO180] a report stands where it came: several in their order, and what was done since below them', () => {
  const at = (day: number) => `2026-03-0${day}T08:00:00.000Z` as Instant
  const entry = { state: { review: 'withdrawn', receivedAt: at(1), questions: [], trail: [{ step: 'recorded', change: 'c1', memberId: 'm', seq: 1, at: at(1) }, { step: 'approve', change: 'c2', memberId: 'm', seq: 2, at: at(2) }, { step: 'withdrawn', change: 'c3', memberId: 'm', seq: 3, at: at(8) }] } } as unknown as LocalEntry
  const id = 'e' as EntryId
  const marks = trailOf(entry, [inReport(id, { number: 2, publishedAt: at(7) }), inReport(id, { publishedAt: at(5) })])
  expect(marks.map(({ step, phase, used }) => [step, phase, used?.number])).toEqual([['recorded', 'past', undefined], ['approve', 'past', undefined], ['report', 'past', 1], ['report', 'past', 2], ['withdrawn', 'ended', undefined]])
})

test('[VO182] counted is said of what is approved now, and nothing else hides behind it', () => {
  const standing = (review: string, about: Partial<LocalEntry> = {}) => standingOf({ state: { review, contested: false, questions: [] }, travel: 'safe', report: 1, ...about } as unknown as LocalEntry)
  expect(['approved', 'rejected', 'withdrawn', 'edited', 'received'].map((review) => standing(review))).toEqual(['published', 'rejected', 'withdrawn', 'edited', 'safe'])
  expect([standing('approved', { travel: 'here' }), standing('approved', { report: null })]).toEqual(['here', 'approved'])
})

test('[VO183] home says how many are in the newest report, and leads to them and to it', async () => {
  const phone = await reportedPhone(([a, b, c]) => (a === undefined || b === undefined || c === undefined ? [] : [inReport(a, { number: 2, url: 'https://terrain.example/r/summer-2' }), inReport(b, { number: 2, url: 'https://terrain.example/r/summer-2' }), inReport(c), inReport(elsewhere, { number: 2 })]), { entries: 3 })
  const home = openAt('/', phone.device)
  await home.user.click(await screen.findByRole('link', { name: '2 of your entries are in report no. 2' }))
  expect(location.pathname + location.search).toBe('/entries?report=2')
  const list = await screen.findByRole('list', { name: 'In report no. 2' })
  await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2))
  expect(within(list).getAllByText('In the report')).toHaveLength(2)
  expect(screen.getByRole('link', { name: 'Read the report' }).getAttribute('href')).toBe('/r/summer-2?language=en')
  await home.user.click(screen.getByRole('link', { name: 'All my entries' }))
  expect(within(await screen.findByRole('list', { name: 'All my entries' })).getAllByRole('listitem')).toHaveLength(3)
})

test('[VO183] while no report counts anything of one’s own, home says nothing of reports', async () => {
  const phone = await reportedPhone(() => [inReport(elsewhere)])
  openAt('/', phone.device)
  expect(await screen.findByRole('link', { name: /The kiosk sells water/ })).toBeTruthy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(screen.queryByText(/report no/)).toBeNull()
})

test('[VO185] at the address of a report that is not here it says whether there is none or only no connection', async () => {
  const phone = await reportedPhone(() => [])
  const away = openAt('/r/spring-1-abcdef?language=en', phone.device)
  expect(await screen.findByRole('heading', { name: 'This report is not on this phone.' })).toBeTruthy()
  expect(screen.getByText(/once it was opened with one/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Try again' }).getAttribute('href')).toBe('/r/spring-1-abcdef?language=en')
  away.unmount()
  phone.ground.setOnline(true)
  openAt('/r/no-such-report', phone.device)
  expect(await screen.findByRole('heading', { name: 'This page is not in the notebook.' })).toBeTruthy()
})

test('[VO186] the settings say how many published reports are kept, their room, and open the last', async () => {
  const phone = await reportedPhone(() => [])
  const caches = createFakeCaches()
  const kept = await caches.open(reportsCache)
  for (const [n, path] of ['/r/spring-1?language=en', '/r/summer-2?language=ar'].entries()) await kept.put(path, new Response('x', { headers: { [keptAtHeader]: String(n + 1), [keptBytesHeader]: '150000' } }))
  const settings = openAt('/settings', phone.device, { ground: volunteerGround({ caches }) })
  const row = (await screen.findByText('2 published reports can be read without a connection')).closest('li') ?? document.body
  expect(within(row).getByText('Takes 300 kB. If the server answers within ten seconds, you see the report as it stands now; else the page that is kept here, which says so.')).toBeTruthy()
  expect(within(row).getByRole('link', { name: 'Open' }).getAttribute('href')).toBe('/r/summer-2?language=ar')
  settings.unmount()
  openAt('/settings', phone.device, { ground: volunteerGround({ caches: createFakeCaches() }) })
  expect(await screen.findByRole('heading', { name: 'This phone' })).toBeTruthy()
  expect(screen.queryByText(/published report/)).toBeNull()
})
