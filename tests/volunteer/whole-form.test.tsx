import { readFileSync } from 'node:fs'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { actionFieldNames, challengeFieldNames, fieldSchemas } from '#domain/entry.ts'
import type { FieldName, Kind } from '#domain/entry.ts'
import { csvRows } from '#exchange/csv.ts'
import { english } from '#i18n/en/language.ts'
import { loadScreens } from '#i18n/load.ts'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import { optionalFieldNames, optionalGroups } from '#volunteer/record/optional-fields.ts'
import { stepIssues } from '#volunteer/record/step-issues.ts'
import { findStep } from '#volunteer/record/steps.ts'
import type { StepId } from '#volunteer/record/steps.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { deviceWith, openAt, today, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}
afterEach(() => phones.splice(0).forEach(({ device }) => device.close()))

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })

/** Answers under which every further question is asked. */
const said: Readonly<Record<Kind, object>> = {
  challenge: { ...aChallenge(), consentBasis: 'verbal', consentQuote: true, quote: 'We walk to the lake.', quoteRole: 'Mother', affectedMin: 40 },
  action: { ...anAction(), consentBasis: 'verbal', consentQuote: true, quote: 'We sew at night.', quoteRole: 'Mother', reached: 40, priorityText: 'Thread for the machines.', status: 'completed', endOn: '2026-02-20' },
}
const labels: Readonly<Record<string, string>> = (await loadScreens(english)).labels.field

/** On which screen of the quick path each field is answered, and the control that does it. */
const onPath: Readonly<Partial<Record<FieldName, readonly [StepId, 'radio' | 'checkbox' | 'textbox' | 'combobox' | 'button', RegExp]>>> = {
  topic: ['topic', 'radio', /^Health$/], severity: ['severity', 'radio', /People lack some/], populationGroup: ['who', 'checkbox', /General population/], focusGroup: ['who', 'checkbox', /Women and girls/],
  country: ['place', 'combobox', /Country/], adm1Name: ['place', 'textbox', /Region/], adm1Code: ['place', 'combobox', /Region/], adm2Code: ['place', 'combobox', /District/], placeName: ['place', 'textbox', /Place/],
  lat: ['place', 'button', /Find where I am/], lon: ['place', 'button', /Find where I am/], geoPrecisionM: ['place', 'button', /Find where I am/],
  observedOn: ['date', 'radio', /Today/], description: ['words', 'textbox', /What happens|What was done/], lang: ['words', 'combobox', /Written in/], photos: ['words', 'button', /Take a photo|Choose from this phone|^Hide faces/], audio: ['words', 'button', /Record your voice/],
  sourceType: ['source', 'radio', /I saw it myself/], consentBasis: ['consent', 'radio', /They said yes$/], consentQuote: ['consent', 'checkbox', /words may be quoted/], consentPlace: ['consent', 'checkbox', /place may be named/],
  consentPhoto: ['consent', 'checkbox', /photo may be shown/], consentWording: ['consent', 'radio', /They said yes$/],
  actionType: ['type', 'checkbox', /Making things/], status: ['status', 'radio', /Ongoing/], startOn: ['status', 'combobox', /Month/], endOn: ['status', 'combobox', /Month/], orgName: ['place', 'textbox', /Who does it/], orgType: ['place', 'combobox', /kind of group/],
  reached: ['reached', 'textbox', /How many people/], noneListed: ['answers', 'checkbox', /None listed/],
}
/** An action's path is longer, and puts two questions on one screen. */
const onActionPath: Readonly<Partial<Record<FieldName, StepId>>> = { sourceType: 'consent', populationGroup: 'reached', focusGroup: 'reached' }

describe.each(['challenge', 'action'] as const)('every author field of %s', (kind) => {
  const fields: readonly FieldName[] = kind === 'challenge' ? challengeFieldNames : actionFieldNames

  test('[VO69] is asked on the quick path or under "More detail"', () => {
    const asked = new Set<string>([...Object.keys(onPath), ...optionalFieldNames(kind)])
    expect(fields.filter((field) => !asked.has(field))).toEqual([])
  })

  test('[VO69] of the path has its control on its screen', { timeout: 60_000 }, async () => {
    const { device } = await join()
    const membership = device.membership.get()
    const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' }]
    const widened = membership === null || membership === undefined ? null : { ...membership, campaign: { ...membership.campaign, areas } }
    const photo = { sha256: 'a'.repeat(64), bytes: 3, type: 'image/jpeg', width: 1, height: 1, thumb: { sha256: 'b'.repeat(64), bytes: 2 } }
    const { id } = await device.createDraft(kind)
    await device.writeDraft(id, { fields: { ...said[kind], photos: [photo], adm1Code: 'HT01', adm1Name: 'Ouest' } })
    const byStep = Map.groupBy(fields.filter((field) => onPath[field] !== undefined), (field) => (kind === 'action' ? onActionPath[field] : undefined) ?? onPath[field]?.[0] ?? 'review')
    const withAreas = { ...device, membership: { ...device.membership, get: () => widened } }
    for (const [step, on] of byStep) {
      // Without areas the region is written, with them it is chosen.
      for (const shown of step === 'place' ? [device, withAreas] : [device]) {
        const { unmount } = openAt(`/record/${id}/${step}`, shown, { ground: volunteerGround({ geolocation: { watchPosition: () => 1, clearWatch: () => undefined } }) })
        await screen.findByRole('heading', { level: 1 })
        // Photos and voice come a moment after the words, in whatever order.
        if (step === 'words') {
          await screen.findByRole('button', { name: /Record your voice/ })
          await screen.findAllByRole('button', { name: /Take a photo|Choose from this phone|^Hide faces/ })
        }
        const asked = on.filter((field) => step !== 'place' || (shown === withAreas ? field !== 'adm1Name' : field !== 'adm1Code' && field !== 'adm2Code'))
        // What is below the fold comes right behind the first frame.
        await waitFor(() => expect(asked.filter((field) => !isDrawn(field))).toEqual([]))
        unmount()
      }
    }
  })

  test('[VO69] [VO70] that is optional stands in a group; one group is open at a time, and what was said stays', { timeout: 60_000 }, async () => {
    const { device } = await join()
    const { id } = await device.createDraft(kind)
    await device.writeDraft(id, { fields: said[kind] as Readonly<Record<string, unknown>> })
    const { user } = openAt(`/record/${id}/review`, device)
    await user.click(await screen.findByText('More detail'))
    for (const group of optionalGroups(kind)) {
      const summary = await screen.findByText(groupName(group.id))
      await user.click(summary)
      for (const { field } of group.fields) await screen.findAllByText(labels[field] ?? field, { exact: false })
      expect(document.querySelectorAll('details details[open]')).toHaveLength(1)
    }
    const quote = optionalGroups(kind).find((group) => group.id === 'quote')
    await user.click(await screen.findByText(groupName(quote?.id ?? 'quote')))
    const words = await screen.findByRole('textbox', { name: 'In their own words' })
    await user.clear(words)
    await user.type(words, 'We sleep in turns.')
    await user.click(screen.getByText(groupName('spot')))
    await user.click(screen.getByText(groupName('quote')))
    expect(await screen.findByRole('textbox', { name: 'In their own words' })).toHaveProperty('value', 'We sleep in turns.')
  })
})

test('[VO69] the schema holds every author row of the field list', () => {
  const rows = csvRows(readFileSync('tests/support/author-fields.csv', 'utf8')).slice(1)
  const camel = (name: string): string => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  expect(rows.map(([field = '']) => camel(field)).filter((field) => !Object.hasOwn(fieldSchemas, field))).toEqual([])
  expect(rows.length).toBeGreaterThan(60)
})

describe('what does not fit together', () => {
  const ground = { today, startsOn: '2026-02-01' }
  const kindsAt = (step: StepId, content: object) => stepIssues(findStep('challenge', step) ?? { id: step, fields: [] }, { content: { kind: 'challenge', ...content }, answers: [] }, ground).map(({ kind }) => kind)

  test('[VO71] a day that has not come, or was before the campaign, is not taken; a day of slack is', () => {
    expect([kindsAt('date', { observedOn: '2026-03-03' }), kindsAt('date', { observedOn: '2026-03-02' }), kindsAt('date', { observedOn: '2026-01-31' })]).toEqual([['future'], [], ['beforeStart']])
  })

  test('[VO71] a region of another country is not taken, and a place needs a name, a point, or at least its region', () => {
    const place = { topic: 'WSH', country: 'SEN', placeName: 'Dakar' }
    expect(kindsAt('place', { ...place, adm1Code: 'NGA033022' })).toEqual(['foreignArea'])
    expect(kindsAt('place', { topic: 'WSH', country: 'SEN' })).toEqual(['notPlaced'])
    expect(kindsAt('place', { topic: 'WSH', country: 'SEN', lat: 14.7, lon: -17.4 })).toEqual([])
    expect(kindsAt('place', { topic: 'PRO', country: 'SEN' })).toEqual(['regionMissing'])
  })

  test('[VO72] a part is never more than the whole; households and lower bounds are compared with nothing', () => {
    const counted = { kind: 'challenge' as const, affectedMin: 10, affectedMax: 40, affectedSadd: { f: { '5_17': 30 }, m: { '5_17': 11, '18_59': 'unknown' } }, affectedDisability: 41 }
    expect(optionalIssues(counted)).toEqual([{ field: 'affectedSadd', kind: 'aboveTotal' }, { field: 'affectedDisability', kind: 'aboveTotal' }])
    expect(optionalIssues({ ...counted, affectedUnit: 'households' })).toEqual([])
    expect(optionalIssues({ ...counted, affectedMax: undefined })).toEqual([])
    expect(optionalIssues({ kind: 'action', reached: 10, reachedDisability: 11 })).toEqual([{ field: 'reachedDisability', kind: 'aboveTotal' }])
  })

  test('[VO72] a contradiction stops the save, opens its group and takes the focus; a large number is only asked about', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { ...aChallenge(), affectedMin: 9000, affectedMax: 100 } as unknown as Readonly<Record<string, unknown>> })
    const { user } = openAt(`/record/${id}/review`, device)
    await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
    expect(await screen.findByText(/This does not fit yet: People affected, at most/)).toBeTruthy()
    const most = await screen.findByRole('textbox', { name: 'People affected, at most' })
    await expect.poll(() => document.activeElement).toBe(most)
    await user.clear(most)
    await user.type(most, '12000')
    const asked = await screen.findAllByText(/is that right/)
    expect(asked.map(({ textContent }) => textContent)).toEqual(['9,000: is that right?', '12,000: is that right?'])
    await user.click(screen.getAllByRole('button', { name: 'Keep it anyway' })[0] ?? most)
    expect(await screen.findAllByText(/is that right/)).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
    await until(device.entries, (entries) => entries.length === 1)
  })

  test('[VO501] a number that no field takes is told as that with how much it takes, and not as one that stands in nobody’s way', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('action')
    await device.writeDraft(id, { fields: { ...anAction({ reached: 123_456_789 }), volunteers: 2_000_000 } as unknown as Readonly<Record<string, unknown>> })
    const { user } = openAt(`/record/${id}/reached`, device)
    const reached = await screen.findByLabelText(/How many people so far/)
    expect(screen.queryByText(/nothing is blocked/)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Next' }))
    expect(await screen.findByText(/At most 10,000,000 fits here/)).toBeTruthy()
    await user.clear(reached)
    await user.type(reached, '9000000')
    expect(await screen.findByText(/9,000,000: is that right/)).toBeTruthy()
    history.pushState(null, '', `/record/${id}/review`)
    await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
    expect(await screen.findByText(/At most 1,000,000 fits here/)).toBeTruthy()
  })

  test.each([
    ['challenge', 'affectedDisability', { affectedMax: 100, affectedDisability: 120 }, 'Of whom persons with disabilities'],
    ['action', 'reachedDisability', { reached: 'unknown', reachedDisability: 'some twenty' }, 'Of whom persons with disabilities'],
    ['challenge', 'quoteRole', { consentBasis: 'verbal', consentQuote: true, quoteRole: 'x'.repeat(60) }, 'Who says it'],
  ] as const)('[VO311] what stands in the way is in reach also where it would not be asked: of %s, %s', async (kind, field, fields, label) => {
    const { device } = await join()
    const { id } = await device.createDraft(kind)
    await device.writeDraft(id, { fields: { ...(kind === 'challenge' ? aChallenge() : anAction()), ...fields } as unknown as Readonly<Record<string, unknown>> })
    const { user } = openAt(`/record/${id}/review`, device)
    await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
    await expect.poll(() => document.activeElement?.getAttribute('name')).toBe(field)
    await user.clear(screen.getByLabelText(new RegExp(label)))
    await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
    await until(device.entries, (entries) => entries.length === 1)
  })

  test('[VO311] words of someone who does not agree stand in no save’s way, whichever window they were written in: they go', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { ...aChallenge({ consentQuote: false, quote: 'x'.repeat(600) }) } as unknown as Readonly<Record<string, unknown>> })
    const { user } = openAt(`/record/${id}/review`, device)
    await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
    const [entry] = await until(device.entries, (entries) => entries.length === 1)
    expect(entry?.state.content).not.toHaveProperty('quote')
  })

  test('[VO268] a number that is not understood stays in its draft and is not saved before it is one', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { ...aChallenge() } as unknown as Readonly<Record<string, unknown>> })
    const first = openAt(`/record/${id}/review`, device)
    await first.user.click(await screen.findByText('More detail'))
    await first.user.click(await screen.findByText('Numbers'))
    await first.user.type(await screen.findByRole('textbox', { name: 'People affected, at least' }), '200 to 300')
    await first.user.click(screen.getByRole('button', { name: 'Save on this phone' }))
    expect(await screen.findByText(/This does not fit yet: People affected, at least/)).toBeTruthy()
    first.unmount()
    openAt(`/record/${id}/review`, device)
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'People affected, at least' })).value).toBe('200 to 300')
    expect(await screen.findByText('Write a whole number.')).toBeTruthy()
    expect(device.entries.get()).toEqual([])
  })

  test('[VO268] a number of a saved entry that is changed to something else is not taken away by it', async () => {
    const { device } = await join()
    const id = await savedChallenge(device, { affectedMin: 200 })
    const revised: unknown[] = []
    const { user } = openAt(`/entry/${id}`, deviceWith(device, {
      revise: (entry, patch) => {
        revised.push(patch)
        return device.revise(entry, patch)
      },
    }))
    await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
    await user.click(screen.getByRole('button', { name: 'Change: People affected, at least' }))
    await user.type(screen.getByRole('textbox', { name: 'People affected, at least' }), ' to 300')
    await user.click(screen.getByRole('button', { name: 'Save the change' }))
    expect(await screen.findByText('Write a whole number.')).toBeTruthy()
    expect(screen.getByRole('textbox', { name: 'People affected, at least' })).toHaveProperty('value', '200 to 300')
    expect(revised).toEqual([])
  })

  test('[VO279] a year that is chosen before its month is the one that the month gets', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('action')
    await device.writeDraft(id, { fields: { status: 'completed', startOn: '2024-01-01' } })
    const { user } = openAt(`/record/${id}/status`, device)
    await screen.findByRole('radio', { name: /Completed/ })
    const [month, year] = screen.getAllByRole('combobox').slice(-2)
    if (month === undefined || year === undefined) throw new Error('no end is asked')
    await user.selectOptions(year, '2024')
    expect(year).toHaveProperty('value', '2024')
    await user.selectOptions(month, '05')
    await until(device.drafts, ([one]) => one?.content.endOn === '2024-05-01')
  })

  test('[VO280] how many were reached comes back with the status, after a tap on “planned” by mistake', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('action')
    await device.writeDraft(id, { fields: { status: 'completed', startOn: '2024-01-01', endOn: '2024-05-01', reached: 140 } })
    const { user } = openAt(`/record/${id}/status?from=review`, device)
    await user.click(await screen.findByRole('radio', { name: /Planned/ }))
    await until(device.drafts, ([one]) => one?.content.status === 'planned' && one.content.reached === undefined && one.content.endOn === undefined)
    await user.click(screen.getByRole('radio', { name: /Completed/ }))
    const [draft] = await until(device.drafts, ([one]) => one?.content.status === 'completed')
    expect(draft?.content).toMatchObject({ reached: 140, endOn: '2024-05-01' })
  })

  test('[VO275] an action’s day is held to the same as a challenge’s when it is saved, by whichever way it came there', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('action')
    await device.writeDraft(id, { fields: { ...anAction(), noneListed: true, observedOn: '2027-01-01' } as unknown as Readonly<Record<string, unknown>> })
    const { user } = openAt(`/record/${id}/review`, device)
    await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
    expect(await screen.findByText('This does not fit yet: When was it?')).toBeTruthy()
    expect(device.entries.get()).toEqual([])
  })

  test('[VO270] a name that is emptied to be written anew keeps its place among the others', async () => {
    const { device } = await join()
    const { id } = await device.createDraft('action')
    await device.writeDraft(id, { fields: { partners: ['Red Cross', 'Parish'] }, step: 'review' })
    const { user } = openAt(`/record/${id}/review`, device)
    await user.click(await screen.findByText('More detail'))
    await user.click(await screen.findByText(/Who helps, and with what/))
    const names = within(await screen.findByRole('group', { name: /With whom/ }))
    const line = names.getByRole<HTMLInputElement>('textbox', { name: 'Name 1' })
    await user.clear(line)
    await user.type(line, 'Red Crescent')
    expect([line.value, names.getByRole<HTMLInputElement>('textbox', { name: 'Name 2' }).value]).toEqual(['Red Crescent', 'Parish'])
    await until(device.drafts, ([one]) => JSON.stringify(one?.content.partners) === '["Red Crescent","Parish"]')
  })
})

describe('telling what changed', () => {
  test('[VO73] [DS50] an own entry goes on in a new one that takes over place, topic and groups, and is linked to it', async () => {
    const { device } = await join()
    const before = await savedChallenge(device, { topic: 'WSH', severity: 3, focusGroup: ['CAR'], placeName: 'Nyalenda', lat: -0.09, lon: 34.77, geoPrecisionM: 1000, quote: 'We walk.', consentQuote: true, consentBasis: 'verbal', description: 'The kiosk closes at ten.' })
    const { user } = openAt(`/entry/${before}`, device)
    await user.click(await screen.findByRole('link', { name: 'Tell what changed since' }))
    await heading('How serious is it now?')
    const [draft] = await until(device.drafts, ([one]) => one?.content.topic === 'WSH')
    expect(draft).toMatchObject({ updateOf: before, content: { topic: 'WSH', focusGroup: ['CAR'], placeName: 'Nyalenda', lat: -0.09, lon: 34.77, observedOn: today } })
    for (const field of ['severity', 'description', 'quote', 'consentQuote', 'consentBasis', 'sourceType']) expect(draft?.content).not.toHaveProperty(field)
    await user.click(screen.getByRole('radio', { name: /People lack most essentials/ }))
    await user.click(screen.getByRole('radio', { name: 'Getting worse' }))
    await device.writeDraft(draft?.id ?? before, { fields: { severity: 4, trend: 'worse', description: 'Now it is closed for good.', lang: 'en', sourceType: 'direct_observation', consentBasis: 'no_person' } })
    await device.saveDraft(draft?.id ?? before)
    const entries = await until(device.entries, (all) => all.length === 2)
    const update = entries.find(({ state }) => state.id !== before)
    expect(update?.state.links).toMatchObject([{ to: before, kind: 'updateOf' }])
  })

  test('[VO303] the place is taken over to about a kilometre, whatever was kept then, and a region stays a region', async () => {
    const { device } = await join()
    const exact = await savedChallenge(device, { placeName: 'Nyalenda', lat: -0.0912345, lon: 34.7698765, geoPrecisionM: 8, description: 'The kiosk closes at ten.' })
    const first = openAt(`/update/${exact}`, device)
    const [draft] = await until(device.drafts, ([one]) => one?.updateOf === exact && one.content.lat !== undefined)
    expect(draft?.content).toMatchObject({ lat: -0.09, lon: 34.77, geoPrecisionM: 1000 })
    expect(draft?.placePrecision).toBeUndefined()
    first.unmount()
    await device.discardDraft(draft?.id ?? exact)
    const region = await savedChallenge(device, { placeName: undefined, adm1Name: 'Ouest', description: 'The kiosk closed for good.' })
    openAt(`/update/${region}`, device)
    const [coarse] = await until(device.drafts, ([one]) => one?.updateOf === region && one.content.adm1Name !== undefined)
    expect(coarse?.placePrecision).toBe('region')
  })

  test('[VO73] each of the two leads to the other', async () => {
    const { device } = await join()
    const before = await savedChallenge(device, { description: 'The kiosk closes at ten.' })
    const { id } = await device.createDraft('challenge', before)
    await device.writeDraft(id, { fields: aChallenge({ description: 'Now it is closed for good.' }) as unknown as Readonly<Record<string, unknown>> })
    await device.saveDraft(id)
    const { user } = openAt(`/entry/${before}`, device)
    await user.click(await screen.findByRole('link', { name: 'Now it is closed for good.' }))
    expect(await screen.findByText(/^Before, on/)).toBeTruthy()
    expect(await screen.findByRole('link', { name: 'The kiosk closes at ten.' })).toBeTruthy()
  })
})

function isDrawn(field: FieldName): boolean {
  const [, role, name] = onPath[field] ?? []
  // A file input under words that look like a button.
  if (field === 'photos') return screen.queryAllByText('Take a photo').length > 0
  return role !== undefined && name !== undefined && screen.queryAllByRole(role, { name }).length > 0
}

function groupName(id: string): string {
  const names: Readonly<Record<string, string>> = { numbers: 'Numbers', course: 'How it goes on', why: 'Why, and with what effect', quote: 'Words of someone', spot: 'Place and date', means: 'Who helps, and with what', outcome: 'What came of it', next: 'What comes next' }
  return names[id] ?? id
}
