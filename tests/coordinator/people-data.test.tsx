import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import { locales } from '#i18n/locale.ts'
import type { DeviceRow, MemberRow } from '#protocol/desk.ts'
import { exportFormats } from '#protocol/export-order.ts'
import { deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const aPhone = (about: Partial<DeviceRow> = {}): DeviceRow => ({
  id: deskIds.device(1), memberId: deskIds.member(11), label: 'Samsung J2', lastContactAt: '2026-02-27T11:20:00Z' as Instant, appVersion: '0.1.0',
  pendingChanges: 9, pendingFiles: 4, pendingBytes: 1, highDeviceSeq: 60, missing: [41, 42, 43, 50], revokedAt: null, ...about,
})
const aMember = (about: Partial<MemberRow> = {}): MemberRow => ({ id: deskIds.member(11), role: 'volunteer', name: 'Marie', organisation: 'Fanm Vanyan', language: 'ht', joinedAt: '2026-02-01T00:00:00Z' as Instant, endedAt: null, entries: 31, devices: [aPhone()], ...about })

describe('people', () => {
  it('[CO14] a phone says what it holds, how long it was silent, and which steps are missing', async () => {
    const desk = fakeDesk()
    desk.members = [aMember()]
    await showDesk(desk, '/desk/people')
    const table = within(await screen.findByRole('table', { name: 'People and their phones' }))
    expect(table.getByText('silent for 3 days')).toBeTruthy()
    expect(table.getByText(/Steps 41–43, 50 are still on Marie’s phone/)).toBeTruthy()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('1 phone holds 9 steps')
  })

  it('[CO253] before the phones are known nothing is said to have arrived', async () => {
    const desk = fakeDesk()
    desk.problem = { kind: 'offline', code: 'no-answer' }
    const { user } = await showDesk(desk, '/desk/people')
    expect((await screen.findAllByRole('alert')).length).toBeGreaterThan(0)
    expect(screen.queryByText('Everything has arrived')).toBeNull()
    desk.problem = null
    await user.click(screen.getAllByRole('button', { name: 'Try again' })[0] ?? document.body)
    expect(await screen.findByRole('heading', { level: 1, name: 'Everything has arrived' })).toBeTruthy()
  })

  it('[CO24] what the phone made after the last that arrived is named too, and entries are counted where phones say so', async () => {
    const desk = fakeDesk()
    desk.members = [aMember({ devices: [aPhone({ missing: [14], highDeviceSeq: 15, madeDeviceSeq: 17, pendingEntries: 2 })] })]
    await showDesk(desk, '/desk/people')
    expect(await screen.findByText(/Steps 14, 16–17 are still on Marie’s phone/)).toBeTruthy()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('1 phone holds 2 entries that have not arrived yet')
  })

  it('[CO24] a clock that is hours off is pointed out, one that is off by a minute is not', async () => {
    const desk = fakeDesk()
    desk.members = [aMember({ devices: [aPhone({ missing: [], clockOffsetMs: 3 * 3_600_000 }), aPhone({ id: deskIds.device(2), missing: [], clockOffsetMs: -60_000 })] })]
    await showDesk(desk, '/desk/people')
    expect(await screen.findByText('This phone’s clock is 3 hours ahead')).toBeTruthy()
    expect(screen.queryByText(/behind/)).toBeNull()
  })

  it('[CO24] a phone that took a new number holds nothing under its old one; one that goes on beside it is a copy', async () => {
    const successor = (createdAt: string) => aPhone({ id: deskIds.device(2), rotatedFrom: deskIds.device(1), createdAt: createdAt as Instant, missing: [], pendingChanges: 0, pendingFiles: 0 })
    const desk = fakeDesk()
    desk.members = [aMember({ devices: [aPhone(), successor('2026-02-28T00:00:00Z')] }), aMember({ id: deskIds.member(12), name: 'Jean', devices: [aPhone(), successor('2026-02-01T00:00:00Z')] })]
    await showDesk(desk, '/desk/people')
    expect(await screen.findByText('goes on under a new number')).toBeTruthy()
    expect(screen.getByText(/Two copies of this phone are in use. Ask Jean/)).toBeTruthy()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('1 phone holds 9 steps')
  })

  it('[CO242] files of somebody who was erased that are still on the storage are told under their row, and nothing where there are none', async () => {
    const desk = fakeDesk()
    desk.members = [aMember({ name: '–', filesLeft: 2 }), aMember({ id: deskIds.member(12), name: 'Jean' })]
    await showDesk(desk, '/desk/people')
    expect((await screen.findAllByText(/still on the storage/)).map(({ textContent }) => textContent)).toEqual(['2 files of what was erased are still on the storage. Tell whoever runs the server.'])
  })

  it('[CO230] everything of one person is saved for them, set aside and let count again, and erased, each after a reason where it harms', async () => {
    const desk = fakeDesk()
    desk.members = [aMember({ flood: 85 })]
    const { user } = await showDesk(desk, '/desk/people')
    expect(await screen.findByText('85 entries within an hour')).toBeTruthy()
    const open = async () => {
      await user.click(screen.getByRole('button', { name: 'Whole record… Marie' }))
      return within(screen.getByRole('dialog', { name: 'Everything of Marie' }))
    }
    const first = await open()
    await user.click(first.getByRole('button', { name: 'Save what is held' }))
    expect(await first.findByText(/terrain-held-.*\.zip was made/)).toBeTruthy()
    expect(first.getByRole('button', { name: 'Set it all aside' }).getAttribute('aria-disabled')).toBe('true')
    expect(first.getByRole('button', { name: 'Erase it all for good' }).getAttribute('aria-disabled')).toBe('true')
    await user.type(first.getByRole('textbox', { name: 'Why (stands in the log)' }), 'a hundred in an hour')
    await user.click(first.getByRole('button', { name: 'Set it all aside' }))
    expect(await screen.findByText('set aside as a whole')).toBeTruthy()
    await user.click((await open()).getByRole('button', { name: 'Let it all count again' }))
    await waitFor(() => expect(screen.queryByText('set aside as a whole')).toBeNull())
    const last = await open()
    await user.type(last.getByRole('textbox', { name: 'Why (stands in the log)' }), 'asked for it')
    await user.click(last.getByRole('button', { name: 'Erase it all for good' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const id = deskIds.member(11)
    expect([desk.exported, desk.wholeActs]).toEqual([[`held ${id}`], [`aside ${id} 2026-02-01T00:00:00Z a hundred in an hour`, `release ${id}`, `erase ${id} asked for it`]])
  })

  it('[CO26] a lost phone is signed out after a question that says what goes with it, and a lost answer can be asked for again', async () => {
    const desk = fakeDesk()
    desk.members = [aMember()]
    const { user } = await showDesk(desk, '/desk/people')
    await user.click(await screen.findByRole('button', { name: 'Lost phone: Samsung J2 of Marie' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Is this phone of Marie lost?' }))
    expect(dialog.getByText(/9 steps are still on it/)).toBeTruthy()
    expect(dialog.getByText(/Open invites that were made on it end too/)).toBeTruthy()
    expect(desk.revoked).toEqual([])
    desk.problem = { kind: 'unreachable', code: 'timeout' }
    await user.click(dialog.getByRole('button', { name: /It is lost/ }))
    expect(await dialog.findByRole('alert')).toBeTruthy()
    desk.problem = null
    await user.click(dialog.getByRole('button', { name: /It is lost/ }))
    expect(await screen.findByText('revoked')).toBeTruthy()
    expect(desk.revoked).toEqual([deskIds.device(1)])
    expect(screen.queryByRole('button', { name: /Lost phone/ })).toBeNull()
  })

  it('[CO13] [CO309] an invite is made, shown as a code and a link, and copied', async () => {
    const desk = fakeDesk()
    const { user, copied } = await showDesk(desk, '/desk/people')
    await user.keyboard('i')
    const dialog = within(screen.getByRole('dialog', { name: 'Invite people' }))
    await user.clear(dialog.getByRole('textbox', { name: 'How many people' }))
    await user.type(dialog.getByRole('textbox', { name: 'How many people' }), '0')
    await user.click(dialog.getByRole('button', { name: 'Make the link' }))
    expect(desk.created).toEqual([])
    await user.clear(dialog.getByRole('textbox', { name: /How many people/ }))
    await user.type(dialog.getByRole('textbox', { name: /How many people/ }), '٧')
    await user.type(dialog.getByRole('textbox', { name: /For whom/ }), 'Artibonite')
    await user.click(dialog.getByRole('button', { name: 'Make the link' }))
    expect(desk.created).toEqual([{ role: 'volunteer', uses: 7, days: 30, note: 'Artibonite' }])
    expect(await screen.findByRole('img', { name: 'QR code of the invite link' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Copy the link' }))
    expect(copied).toEqual(['https://terrain.example/join#0123456789abcdefABCDEF'])
    expect(await screen.findByText('Copied.')).toBeTruthy()
  })

  it('[CO301] an act that met no answer is done again by nobody but the person, while the list is read again', async () => {
    const desk = fakeDesk()
    const { user, tick } = await showDesk(desk, '/desk/people')
    await user.click(await screen.findByRole('button', { name: 'Invite' }))
    await user.click(screen.getByRole('button', { name: 'Make the link' }))
    await user.click(await screen.findByRole('button', { name: 'Done' }))
    await user.click(await screen.findByRole('button', { name: 'Revoke the invite Volunteers' }))
    desk.problem = { kind: 'unreachable', code: 'timeout' }
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke' }))
    expect((await screen.findByRole('alert')).textContent).toContain('It is tried again when you ask.')
    desk.problem = null
    desk.invites = desk.invites.map((invite) => ({ ...invite, note: 'Artibonite' }))
    await tick(15_000)
    expect(await screen.findByText('Artibonite')).toBeTruthy()
    expect(desk.revoked).toEqual([])
  })

  it('[CO13] a coordinator link starts with one use, and an invite is revoked after a question', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/people')
    await user.click(await screen.findByRole('button', { name: 'Invite' }))
    await user.click(screen.getByRole('radio', { name: /Coordinator/ }))
    await user.click(screen.getByRole('button', { name: 'Make the link' }))
    expect(desk.created).toEqual([{ role: 'coordinator', uses: 1, days: 3 }])
    await user.click(await screen.findByRole('button', { name: 'Done' }))
    await user.click(await screen.findByRole('button', { name: 'Revoke the invite Coordinators' }))
    expect(desk.revoked).toEqual([])
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke' }))
    expect(await screen.findByText('No open invites.')).toBeTruthy()
    expect(desk.revoked).toEqual(['invite-0'])
  })
})

describe('cards and memberships', () => {
  it('[CO98] a sheet has a card with an invite of its own for each person, in their language, and can be printed', async () => {
    const desk = fakeDesk()
    const { user, printed } = await showDesk(desk, '/desk/people')
    await user.click(await screen.findByRole('button', { name: 'Cards to print' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Cards with QR codes' }))
    await user.clear(dialog.getByRole('textbox', { name: 'How many cards' }))
    await user.type(dialog.getByRole('textbox', { name: /How many cards/ }), '3')
    await user.selectOptions(dialog.getByRole('combobox', { name: 'Language of the cards' }), 'fr')
    await user.click(dialog.getByRole('button', { name: 'Make the cards' }))
    expect(await screen.findByRole('heading', { level: 1, name: '3 cards to print' })).toBeTruthy()
    expect(desk.created).toEqual([1, 2, 3].map((number) => ({ role: 'volunteer', uses: 1, days: 30, note: `Card ${number}` })))
    expect(await screen.findAllByRole('heading', { level: 2, name: 'Solidarity Network, Haiti' })).toHaveLength(3)
    expect(screen.getAllByText('Notez ce que vous voyez. Cela marche aussi sans connexion.')).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: 'Print' }))
    expect(printed[0]).toContain('https://terrain.example/join#0123456789abcdefABCDEF')
  })

  it('[CO99] the end of a membership says what it means and what is still on the phones; a role is another act; nobody changes their own', async () => {
    const desk = fakeDesk()
    desk.members = [aMember(), aMember({ id: deskIds.member(1), name: 'Ruth', role: 'coordinator', devices: [] })]
    const { user } = await showDesk(desk, '/desk/people')
    await user.click(await screen.findByRole('button', { name: 'Change the membership of Marie' }))
    expect(screen.queryByRole('button', { name: 'Change the membership of Ruth' })).toBeNull()
    const dialog = within(screen.getByRole('dialog', { name: 'Membership of Marie' }))
    expect(dialog.getByText(/Everything that Marie wrote stays/)).toBeTruthy()
    expect(dialog.getByText(/9 steps are still only on these phones/)).toBeTruthy()
    await user.click(dialog.getByRole('radio', { name: /coordinator/ }))
    await user.click(dialog.getByRole('button', { name: 'Change the role' }))
    await waitFor(() => expect(desk.memberPatches).toEqual([{ id: deskIds.member(11), patch: { role: 'coordinator' } }]))
    await user.click(await screen.findByRole('button', { name: 'Change the membership of Marie' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'End the membership' }))
    expect(await screen.findByText(/membership ended/)).toBeTruthy()
  })
})

describe('data', () => {
  it('[CO801] XLSX stands before CSV, with what each of them is for', async () => {
    await showDesk(fakeDesk(), '/desk/data')
    const names = screen.getAllByRole('button', { name: /^Actions as/ }).map((button) => button.textContent)
    expect(names).toEqual(['XLSX', 'CSV'])
    expect(screen.getByText(/^To read a table in a spreadsheet, take XLSX/)).toBeTruthy()
  })

  it('[CO15] an export is saved as the server gave it, with the number of its entries', async () => {
    const desk = fakeDesk()
    const { user, saved } = await showDesk(desk, '/desk/data')
    await user.click(screen.getByRole('button', { name: 'Challenges as CSV' }))
    expect(await screen.findByText('terrain-challenges-2026-03-02.csv was made: 1 entry.')).toBeTruthy()
    // The mark at its beginning says to spreadsheets that it is UTF-8.
    expect(saved).toEqual([{ name: 'terrain-challenges-2026-03-02.csv', text: '\uFEFFRef,Words\r\n#meta+ref,#description\r\nC-000001,"one\r\ntwo"\r\n' }])
    expect(desk.exported).toEqual([{ format: 'csv', kind: 'challenge', lang: 'en' }])
  })

  it('[CO170] everything that can be taken out is offered with what it is for, each under a name of its own', async () => {
    const desk = fakeDesk()
    const { user, saved } = await showDesk(desk, '/desk/data')
    const list = within(within(screen.getByRole('region', { name: 'Take out what was approved' })).getByRole('list'))
    const names = list.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? '')
    expect(names).toEqual(['Challenges as XLSX', 'Challenges as CSV', 'Actions as XLSX', 'Actions as CSV', 'Who does what where (5W) as XLSX', 'Who does what where (5W) as CSV', 'What answers what as XLSX', 'What answers what as CSV', 'Points for a map as GeoJSON', 'With hashes as JSON', 'Code book as CSV'])
    for (const name of names) {
      await user.click(list.getByRole('button', { name }))
      await screen.findByText(/was made/)
    }
    expect(new Set(desk.exported.map((order) => (typeof order === 'string' ? order : order.format)))).toEqual(new Set(exportFormats))
    expect(saved.map(({ name }) => name)).toEqual(['challenges', 'challenges', 'actions', 'actions', '5w', '5w', 'links', 'links', 'entries', 'entries', 'codebook'].map((name, index) => `terrain-${name}-2026-03-02.${['xlsx', 'csv', 'xlsx', 'csv', 'xlsx', 'csv', 'xlsx', 'csv', 'geojson', 'json', 'csv'][index]}`))
    expect(screen.getByText(/^terrain-codebook-2026-03-02.csv was made: \d+ byte/)).toBeTruthy()
  })

  it.each(locales)('[CO171] in %s the file is offered in the language of the desk, and in any other', async (locale) => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data', locale)
    const [xlsx, csv] = screen.getAllByRole('button', { name: /5W/ })
    const language = screen.getAllByRole('combobox').find((field) => field.closest('section') === csv?.closest('section'))
    if (csv === undefined || xlsx === undefined || language === undefined) throw new Error('the files and their language')
    await user.click(csv)
    await user.selectOptions(language, 'ar')
    await user.click(xlsx)
    await waitFor(() => expect(desk.exported).toEqual([{ format: '5w', lang: locale }, { format: '5w-xlsx', lang: 'ar' }]))
  })

  it('[CO258] without a connection it is said that only what concerns entries and the report goes out by itself later', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    desk.problem = { kind: 'offline', code: 'no-answer' }
    await user.click(screen.getByRole('button', { name: 'Actions as XLSX' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/on entries, and in the report, is kept here and goes out later; anything else was not done, or nobody knows/)
  })

  it('[CO172] a file that did not come is told with why, and asked for again as it was', async () => {
    const desk = fakeDesk()
    const { user, saved } = await showDesk(desk, '/desk/data')
    desk.problem = { kind: 'unreachable', code: 'no-answer' }
    await user.click(screen.getByRole('button', { name: 'Actions as XLSX' }))
    const alert = await screen.findByRole('alert')
    expect(saved).toEqual([])
    desk.problem = null
    await user.click(within(alert).getByRole('button'))
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(desk.exported).toEqual([{ format: 'xlsx', kind: 'action', lang: 'en' }])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('[CO16] every refused row stands in a table with its reason', async () => {
    const desk = fakeDesk()
    desk.importResult = { accepted: 2, duplicates: 1, refused: [{ row: 12, reason: 'some-code', field: 'country' }, { row: 30, reason: 'other-code' }] }
    const { user } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File(['{"format":"terrain-bundle","v":1}'], 'rows.json'))
    await user.click(await screen.findByRole('button', { name: 'Bring in' }))
    await waitFor(() => expect(desk.imported).toEqual([{ format: 'bundle', text: '{"format":"terrain-bundle","v":1}' }]))
    expect(await screen.findByText('2 new steps, 1 was here already, 2 set aside.')).toBeTruthy()
    const rows = within(screen.getByRole('table', { name: 'Refused rows' })).getAllByRole('row').slice(1)
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([['12', 'Country', 'some-code'], ['30', 'the whole row', 'other-code']])
  })

  it('[CO40] a file of an older phone that was cut off is told to be so, and is not sent', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File(['{"format":"terrain-bundle","v":1,"runs":[{"cha'], 'cut.json'))
    expect(await screen.findByText(/^This file could not be read: it is damaged or cut off/)).toBeTruthy()
    expect(desk.imported).toEqual([])
  })

  it('[CO40] a phone’s sealed file is known by its first bytes, goes in parts, and is told in steps', async () => {
    const desk = fakeDesk()
    desk.importResult = { accepted: 3, duplicates: 1, files: 4, refused: [{ row: 4, reason: 'bad-seal' }] }
    const { user } = await showDesk(desk, '/desk/data')
    const text = 'terrain-bundle/2\n{}\nsealed'
    await user.upload(screen.getByLabelText('File'), new File([text], 'renamed.csv', { type: 'text/csv' }))
    expect(await screen.findByText('A file that a phone saved.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Bring in' }))
    await waitFor(() => expect(desk.imported).toEqual([{ format: 'sealed', text }]))
    expect(await screen.findByText('3 new steps, 1 was here already, 1 set aside.')).toBeTruthy()
    expect(within(screen.getByRole('table', { name: 'Refused rows' })).getAllByRole('row')).toHaveLength(2)
  })

  it('[CO41] a file that the server cannot open or finds damaged is told with why and what to do', async () => {
    for (const [code, words] of [['bundle-broken', /damaged, or part of it is missing/], ['bundle-foreign', /another campaign/], ['bundle-newer', /newer Terrain/]] as const) {
      const desk = fakeDesk()
      desk.importProblem = { kind: 'refused', code }
      const { user, unmount } = await showDesk(desk, '/desk/data')
      await user.upload(screen.getByLabelText('File'), new File(['terrain-bundle/2\n'], 'a.terrain'))
      await screen.findByText('A file that a phone saved.')
      await user.click(screen.getByRole('button', { name: 'Bring in' }))
      expect(await screen.findByText(words)).toBeTruthy()
      unmount()
    }
  })

  it('[CO12] who may not manage members is told, and sees no names', async () => {
    const desk = fakeDesk({ abilities: ['record', 'review', 'readAll'] })
    desk.members = [aMember()]
    await showDesk(desk, '/desk/people')
    expect(screen.queryByText('Marie')).toBeNull()
    expect(screen.getByText(/does not include this page/)).toBeTruthy()
  })
})
