import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import type { AlarmRow, QuarantineRow } from '#protocol/aside.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const at = '2026-03-01T09:00:00Z' as Instant
const aChange = (type: string, body: unknown): NonNullable<QuarantineRow['change']> => ({
  v: 1, id: deskIds.change(500), entryId: deskIds.entry(5), deviceSeq: 3, type, base: null, body, salt: 'A'.repeat(22), recordedAt: at, appVersion: '0.1.0',
})
const aRow = (about: Partial<QuarantineRow> = {}): QuarantineRow => ({
  id: deskIds.change(500), seq: 12, reason: 'revoked-device', memberId: deskIds.member(11), deviceId: deskIds.device(1), receivedAt: at, subject: `change:${deskIds.change(500)}`, type: 'record',
  entryId: deskIds.entry(5), ref: null, memberName: 'Marie', deviceLabel: 'Samsung J2', carrierName: null, change: aChange('record', { content: aChallenge() }), text: null, hindrance: null, left: null, ...about,
})
const anAlarm = (about: Partial<AlarmRow> = {}): AlarmRow => ({
  subject: 'alarm:forked:d1:1', kind: 'forked', deviceId: deskIds.device(1), memberName: 'Marie', deviceLabel: 'Samsung J2', count: 3, lastAt: at, renewedAt: null, changes: [], settled: null, ...about,
})

describe('what was set aside', () => {
  it('[CO20] a row says what it is, why, from whom and its words, and the bar says how many wait', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow({ carrierName: 'Jean' })]
    await showDesk(desk, '/desk/aside')
    const section = within(await screen.findByRole('region', { name: 'Waiting for you' }))
    expect(await section.findByRole('heading', { name: 'A new entry' })).toBeTruthy()
    expect(section.getByText(/reported lost/)).toBeTruthy()
    expect(section.getByText(/Marie · Samsung J2 · written .* · arrived .* · brought by Jean/)).toBeTruthy()
    expect(section.getByText(aChallenge().description ?? '')).toBeTruthy()
    expect(screen.getByRole('link', { name: /Set aside 1 waiting for you/ })).toBeTruthy()
  })

  it('[CO985] of a new entry that does not fit it says which fields are missing and which hold something else', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow({ reason: 'invalid', hindrance: 'unreadable', misfits: [{ field: 'startOn', is: 'missing' }, { field: 'topic', is: 'unfit' }, { field: 'severity', is: 'unfit' }] })]
    await showDesk(desk, '/desk/aside')
    expect(await screen.findByText(/Missing: Started\. Does not fit: Topic, Severity\.$/)).toBeTruthy()
  })

  it('[CO20] with nothing set aside the page says so, and the bar counts nothing', async () => {
    await showDesk(fakeDesk(), '/desk/aside')
    expect(await screen.findByText('Nothing is set aside. Everything that arrived counts.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Set aside' })).toBeTruthy()
  })

  it('[CO20] what no version can read is shown as it came and cannot be counted', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow({ id: null, entryId: null, type: null, reason: 'unparseable', change: null, text: '{"half":', hindrance: 'unreadable' })]
    await showDesk(desk, '/desk/aside')
    expect(await screen.findByText('{"half":')).toBeTruthy()
    expect(screen.getByText(/this server cannot read it/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Count it/ })).toBeNull()
    expect(screen.getByRole('button', { name: /Leave it aside/ })).toBeTruthy()
  })

  it('[CO21] it is counted with a reason, once, and leaves the list when the server has it', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow()]
    const { user } = await showDesk(desk, '/desk/aside')
    await user.click(await screen.findByRole('button', { name: 'Count it: A new entry' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Count it' }))
    await user.click(dialog.getByRole('button', { name: 'Count it' }))
    expect(desk.released).toEqual([])
    await user.type(dialog.getByRole('textbox', { name: 'Why it counts' }), 'Written before it was lost.')
    await user.click(dialog.getByRole('button', { name: 'Count it' }))
    expect(await screen.findByText('It counts from now on.')).toBeTruthy()
    expect(desk.released).toEqual([{ entry: deskIds.entry(5), change: deskIds.change(500), reason: 'Written before it was lost.' }])
    expect(await screen.findByText(/Nothing is set aside/)).toBeTruthy()
  })

  it('[CO21] without a connection the word is kept, said so, and cannot be given twice', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow()]
    desk.isOutboxStuck = true
    const { user } = await showDesk(desk, '/desk/aside')
    await user.click(await screen.findByRole('button', { name: 'Count it: A new entry' }))
    await user.type(screen.getByRole('textbox', { name: 'Why it counts' }), 'Yes.')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Count it' }))
    expect(await screen.findByText(/Kept here/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Count it: A new entry' })).toBeNull()
  })

  it('[CO22] it is left aside with a reason, stays readable, and can be looked at again', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow()]
    const { user } = await showDesk(desk, '/desk/aside')
    await user.click(await screen.findByRole('button', { name: 'Leave it aside: A new entry' }))
    await user.type(screen.getByRole('textbox', { name: 'Why it does not count' }), 'Not hers.')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Leave it aside' }))
    expect(await screen.findByText('Nothing waits for you here.')).toBeTruthy()
    expect(screen.getByText('Not hers.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Look at it again', hidden: true }))
    expect(await screen.findByText('1 waits for you')).toBeTruthy()
    expect(desk.settled.map(({ act, reason }) => [act, reason])).toEqual([['settle', 'Not hers.'], ['reopen', '']])
  })

  it('[CO22] an answer that got lost is said, and the row stays as the server has it', async () => {
    const desk = fakeDesk()
    desk.aside = [aRow()]
    const { user } = await showDesk(desk, '/desk/aside')
    await user.click(await screen.findByRole('button', { name: 'Leave it aside: A new entry' }))
    await user.type(screen.getByRole('textbox', { name: 'Why it does not count' }), 'Not hers.')
    desk.problem = { kind: 'unreachable', code: 'timeout' }
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Leave it aside' }))
    expect(await screen.findByText(/The server does not answer/, { selector: '[role=alert] *' })).toBeTruthy()
    desk.problem = null
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    expect(screen.getByRole('button', { name: 'Leave it aside: A new entry' })).toBeTruthy()
  })
})

describe('alarms', () => {
  it('[CO23] an alarm says in words what happened and what to do, and is looked at once', async () => {
    const desk = fakeDesk()
    desk.alarms = [anAlarm(), anAlarm({ subject: 'alarm:mismatch:d1:1', kind: 'mismatch', count: 1, changes: [aChange('comment', { text: 'Other words', lang: 'en' })] })]
    const { user } = await showDesk(desk, '/desk/aside')
    const section = within(await screen.findByRole('region', { name: 'Alarms' }))
    expect(section.getByText('Two steps came under one number')).toBeTruthy()
    expect(section.getByText(/Ask Marie whether there is one phone or two/)).toBeTruthy()
    expect(section.getByText('Other words')).toBeTruthy()
    await user.click(section.getAllByRole('button', { name: 'I have looked at it' })[0] as HTMLElement)
    await waitFor(() => expect(desk.settled).toEqual([{ subject: 'alarm:forked:d1:1', act: 'settle', reason: '' }]))
    expect(await screen.findByRole('link', { name: /Set aside 1/ })).toBeTruthy()
  })

  it('[CO23] a fork that the phone has healed by itself says that nothing is missing', async () => {
    const desk = fakeDesk()
    desk.alarms = [anAlarm({ renewedAt: at })]
    await showDesk(desk, '/desk/aside')
    expect(await screen.findByText(/sent everything again. Nothing is missing./)).toBeTruthy()
    expect(screen.queryByText(/whether there is one phone or two/)).toBeNull()
  })
})

const revise = (set: Record<string, unknown>, base: number, by = 15) => ({ type: 'revise' as const, by, body: { set, unset: [], answers: [] }, base })
/** Two revisions of entry 5 on its record, each unaware of the other. */
function inConflict(field: string, values: readonly [unknown, unknown]) {
  const plan = { number: 5, content: aChallenge(), steps: values.map((value) => revise({ [field]: value }, 500)) }
  const { row, changes } = aDeskEntry(plan)
  return { row: { ...row, hasConflict: true }, changes: changes.map((item, index) => (index === 0 ? item : { ...item, deviceId: deskIds.device(90 + index), change: { ...item.change, base: deskIds.change(500) } })) }
}

describe('two values of one field', () => {
  it('[CO25] both stand with who wrote them, and the one that is chosen is laid beside the original', async () => {
    const desk = fakeDesk({ entries: [inConflict('placeName', ['Kajulu East', 'Kajulu West'])] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(5)}`)
    const group = within(await screen.findByRole('group', { name: 'Which value counts for Place?' }))
    expect(group.getByRole('radio', { name: /Kajulu West/ })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'This one counts' }))
    expect(desk.corrected).toEqual([])
    await user.click(group.getByRole('radio', { name: /Kajulu East/ }))
    await user.click(screen.getByRole('button', { name: 'This one counts' }))
    await waitFor(() => expect(desk.corrected).toEqual([{ entry: deskIds.entry(5), base: deskIds.change(502), set: { placeName: 'Kajulu East' } }]))
  })

  it('[CO25] a third value is written, and one that the field cannot hold is not sent', async () => {
    const desk = fakeDesk({ entries: [inConflict('severity', [2, 4])] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(5)}`)
    await user.click(await screen.findByRole('radio', { name: 'Another value' }))
    await user.click(screen.getByRole('button', { name: 'This one counts' }))
    expect(desk.corrected).toEqual([])
    await user.selectOptions(screen.getByRole('combobox', { name: 'Another value' }), '3')
    await user.click(screen.getByRole('button', { name: 'This one counts' }))
    await waitFor(() => expect(desk.corrected.map(({ set }) => set)).toEqual([{ severity: 3 }]))
  })

  it('[CO25] nothing is approved while two values wait', async () => {
    const desk = fakeDesk({ entries: [inConflict('placeName', ['Kajulu East', 'Kajulu West'])] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(5)}`)
    await user.click(await screen.findByRole('radio', { name: /Approve/ }))
    expect(screen.getByText(/not settled yet/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: /Decide/ }))
    expect(desk.decisions).toEqual([])
  })
})

describe('two verdicts on one revision', () => {
  it('[CO27] both stand with who, when and why, and a decision that knows both settles them', async () => {
    const decide = (by: number, verdict: 'approve' | 'reject', reason?: string) => ({ type: 'decide' as const, by, at, body: { revision: deskIds.change(500), contentHash: someHash, verdict, questions: [], ...(reason === undefined ? {} : { reason }) } })
    const { row, changes } = aDeskEntry({ number: 5, content: aChallenge(), steps: [decide(1, 'approve'), decide(2, 'reject', 'Told twice.')] })
    const unaware = changes.map((item, index) => (index === 0 ? item : { ...item, change: { ...item.change, base: deskIds.change(500) } }))
    const desk = fakeDesk({ entries: [{ row: { ...row, state: 'received', contested: true }, changes: unaware }] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(5)}`)
    expect(await screen.findByText('Two verdicts on one revision')).toBeTruthy()
    expect(screen.getByText(/^Ruth · approved · 1 Mar 2026/)).toBeTruthy()
    expect(screen.getByText(/^Jean · not used · 1 Mar 2026.* · Told twice\.$/)).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: /Approve/ }))
    await user.click(screen.getByRole('button', { name: /Decide/ }))
    await waitFor(() => expect(desk.decisions.map(({ base, body }) => [base, body.verdict])).toEqual([[deskIds.change(502), 'approve']]))
  })

  it('[CO274] whoever asked back in it stands there with what they asked, and so in the history', async () => {
    const revision = deskIds.change(500)
    const { row, changes } = aDeskEntry({ number: 5, content: aChallenge(), steps: [
      { type: 'decide', by: 1, at, body: { revision, contentHash: someHash, verdict: 'approve', questions: [] } },
      { type: 'decide', by: 2, at, isUnaware: true, body: { revision, contentHash: someHash, verdict: 'askBack', questions: [{ id: deskIds.question(1), field: 'placeName', text: 'Kajulu East or West?' }] } },
    ] })
    await showDesk(fakeDesk({ entries: [{ row, changes }] }), `/desk/entry/${deskIds.entry(5)}`)
    const rival = within((await screen.findByText(/^Jean · asked back · 1 Mar 2026/)).closest('li') ?? document.body)
    expect(rival.getByText('Kajulu East or West?').parentElement?.textContent).toBe('Place: Kajulu East or West?')
    const history = within(screen.getByRole('heading', { name: 'History' }).parentElement ?? document.body)
    expect(history.getByText('Kajulu East or West?').parentElement?.textContent).toBe('Place: Kajulu East or West?')
  })
})
