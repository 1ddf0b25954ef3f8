import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import type { AuditLine } from '#protocol/audit.ts'
import { askedOf } from '#coordinator/audit/audit-address.ts'
import { deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const aLine = (about: Partial<AuditLine> = {}): AuditLine => ({
  place: '7.0', receivedAt: '2026-03-02T10:00:00Z' as Instant, recordedAt: '2026-03-02T09:59:00Z' as Instant, act: 'record', by: { id: deskIds.member(11), name: 'Marie', role: 'volunteer' }, device: 'Samsung J2', carriedBy: null, isImport: false,
  entryId: deskIds.entry(1), ref: 'C-000001' as AuditLine['ref'], revision: 1, verdict: null, fields: [], reason: null, linkKind: null, subject: null, role: null, count: null, setAside: null, erased: false, proven: true, ...about,
})
const onCampaign = { entryId: null, ref: null, revision: null, proven: null, recordedAt: null } as const
const rows = async () => (await within(await screen.findByRole('table', { name: 'Acts, the newest first' })).findAllByRole('row')).slice(1)

describe('the log', () => {
  it('[CO130] a line says when, what, who from which phone, on which entry and revision, why, and whether it is sealed', async () => {
    const desk = fakeDesk()
    desk.auditPages = [{ next: null, lines: [
      aLine({ place: '9.0', act: 'decide', verdict: 'reject', reason: 'Twice', revision: 2, by: { id: deskIds.member(1), name: 'Ruth', role: 'coordinator' } }),
      aLine({ place: '8.1', ...onCampaign, act: 'member.ended', subject: 'Jean' }),
      aLine({ place: '8.0', act: 'revise', fields: ['topic'], recordedAt: '2026-02-27T09:59:00Z' as Instant, carriedBy: 'Awa', proven: false, setAside: 'bad-seal' }),
      aLine({ place: '7.2', ...onCampaign, act: 'campaign.changed', fields: ['urgentHelp'] }),
      aLine({ place: '7.0', isImport: true, carriedBy: 'Ruth' }),
    ] }]
    await showDesk(desk, '/desk/audit')
    const [decided, ended, revised, changed, imported] = (await rows()).map((row) => row.textContent ?? '')
    for (const word of ['Rejected', 'Twice', 'Ruth', 'Samsung J2', 'C-000001', 'Revision 2', 'sealed']) expect(decided).toContain(word)
    expect(ended).toContain('Membership endedJean')
    expect(ended).toContain('kept by the server')
    for (const word of ['Changed', 'Topic', 'brought by Awa', 'written', 'no seal', 'does not count']) expect(revised).toContain(word)
    expect(changed).toContain('Campaign settings changed')
    expect(imported).toContain('The server')
    expect(imported).toContain('imported by Ruth')
    expect(screen.getAllByRole('link', { name: 'C-000001' })[0]?.getAttribute('href')).toBe(`/desk/entry/${deskIds.entry(1)}`)
    expect(screen.getByText('The log begins here.')).toBeTruthy()
  })

  it('[CO131] a filter asks the server, stands in the address and goes with all others; no entry is asked for under a wrong name', async () => {
    const desk = fakeDesk()
    desk.auditPages = [{ next: null, lines: [aLine()] }]
    const { user } = await showDesk(desk, '/desk/audit?from=2026-03-01')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Act' }), 'Decisions')
    expect(location.search).toBe('?type=decide&from=2026-03-01')
    const ref = screen.getByRole('textbox', { name: 'Entry' })
    await user.type(ref, 'nonsense{Enter}')
    expect(screen.getByText('An entry is called like C-000123.')).toBeTruthy()
    await user.clear(ref)
    await user.type(ref, 'c-000001{Enter}')
    const from = '2026-02-28T18:15:00.000Z'
    expect(desk.auditAsked).toEqual([{ from, before: null }, { type: 'decide', from, before: null }, { type: 'decide', ref: 'C-000001', from, before: null }])
    await user.click(screen.getByRole('button', { name: 'Show all acts' }))
    expect(location.search).toBe('')
  })

  it('[CO186] the days of the filters are those of the desk, in the list and in the file', async () => {
    const desk = fakeDesk()
    desk.auditPages = [{ next: null, lines: [aLine()] }]
    const { user } = await showDesk(desk, '/desk/audit?from=2026-03-01&to=2026-03-02')
    await user.click(await screen.findByRole('button', { name: 'Save as CSV' }))
    await screen.findByText(/is saved/)
    // The tests run in Kathmandu, 5 h 45 min before UTC: its first of March begins there on the evening of the day before.
    const days = { from: '2026-02-28T18:15:00.000Z', to: '2026-03-02T18:15:00.000Z' }
    expect(desk.auditAsked).toEqual([{ ...days, before: null }])
    expect(desk.exported).toEqual([`audit csv ${JSON.stringify(days)}`])
    expect(screen.getByLabelText('Until')).toHaveProperty('value', '2026-03-02')
    expect(location.search).toBe('?from=2026-03-01&to=2026-03-02')
  })

  it('[CO186] one of the two days may be missing, and what is no day is asked for as it stands', () => {
    expect(askedOf({ from: '2026-03-01', type: 'record' })).toEqual({ from: '2026-02-28T18:15:00.000Z', type: 'record' })
    expect(askedOf({ to: '2026-02-28' })).toEqual({ to: '2026-02-28T18:15:00.000Z' })
    expect(askedOf({ from: 'yesterday', to: '2026-13-45' })).toEqual({ from: 'yesterday', to: '2026-13-45' })
  })

  it('[CO132] older acts follow when they are asked for, over stretches that hold none', async () => {
    const desk = fakeDesk()
    desk.auditPages = [{ next: '1.0', lines: [aLine()] }, { next: '2.0', lines: [] }, { next: null, lines: [aLine({ place: '1.0', ref: 'C-000002' as AuditLine['ref'] })] }]
    const { user } = await showDesk(desk, '/desk/audit')
    expect(await rows()).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Older acts' }))
    expect(await screen.findByText('C-000002')).toBeTruthy()
    expect(await rows()).toHaveLength(2)
    expect(screen.queryByRole('button', { name: 'Older acts' })).toBeNull()
  })

  it('[CO133] the acts under the filters are saved as they came, with how many they are', async () => {
    const desk = fakeDesk()
    desk.auditPages = [{ next: null, lines: [aLine()] }]
    const { user, saved } = await showDesk(desk, '/desk/audit?type=record')
    await user.click(await screen.findByRole('button', { name: 'Save as CSV' }))
    expect(await screen.findByText('terrain-log-2026-03-02.csv is saved, with 2 acts.')).toBeTruthy()
    expect([desk.exported, saved.map(({ name }) => name)]).toEqual([['audit csv {"type":"record"}'], ['terrain-log-2026-03-02.csv']])
  })
})
