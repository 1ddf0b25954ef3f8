import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { EntryId, Ref } from '#domain/ids.ts'
import type { AuditLine } from '#protocol/audit.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const week = (...rows: readonly string[]) => ['Case ID,Country,Place,Problem,Cluster,Severity,Reported on', ...rows].join('\n')
const [school, well, road] = ['A-1,Haiti,Jacmel,The school has been closed since the storm.,EDU,4,13/02/2026', 'A-2,Haiti,Cayes,No water at the well for three weeks.,WSH,3,14/02/2026', 'A-3,Haiti,Aquin,The road to the clinic is under water.,HEA,4,15/02/2026'] as const
const entry = { id: '00000000-0000-7000-8000-000000000c01' as EntryId, ref: 'C-000012' as Ref }

type Fake = ReturnType<typeof fakeDesk>
const line = (list: string): AuditLine => ({ place: '1.0', receivedAt: '2026-03-01T10:00:00Z', recordedAt: null, act: 'file.imported', by: null, device: null, carriedBy: null, isImport: false, entryId: null, ref: null, revision: null, verdict: null, fields: [], reason: null, linkKind: null, subject: null, role: null, count: 2, setAside: null, erased: false, proven: null, list } as unknown as AuditLine)

async function show(desk: Fake, text: string, name = 'Cases of Dlo.csv') {
  const { user } = await showDesk(desk, '/desk/data')
  const choose = (file: string) => user.upload(screen.getByLabelText('File'), new File([file], name))
  await choose(text)
  const means = async (column: string) => (await screen.findByRole('combobox', { name: `What ${column} becomes` })) as HTMLSelectElement
  return { user, choose, means }
}
const sent = (desk: Fake) => JSON.parse(desk.imported.at(-1)?.text ?? '{}') as { readonly plan?: { readonly rowId?: unknown } }

describe('a list with numbers of its own', () => {
  it('[CO990] the column with the number of each row is guessed where somebody sees it, with the list in which it is', async () => {
    const desk = fakeDesk()
    const { user, means } = await show(desk, week(school, well))
    expect((await means('Case ID')).value).toBe('rowId')
    const list = (await screen.findByRole('textbox', { name: 'Name of the list' })) as HTMLInputElement
    await waitFor(() => expect(list.value).toBe('Cases of Dlo'))
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    await user.click(await screen.findByRole('button', { name: 'Bring in 2 entries' }))
    await waitFor(() => expect(sent(desk).plan?.rowId).toEqual({ column: 0, list: 'Cases of Dlo' }))
  })

  it('[CO990] it is not guessed where a number is missing or stands twice, and whoever chooses it all the same reads how often', async () => {
    const { user, means } = await show(fakeDesk(), week(school, well.replace('A-2', 'A-1'), road.replace('A-3', '')))
    expect((await means('Case ID')).value).toBe('')
    expect(screen.getByText(/^No column is the row’s own number/)).toBeTruthy()
    await user.selectOptions(await means('Case ID'), 'rowId')
    expect(screen.getByText('1 row has no number, and is known by its words alone.')).toBeTruthy()
    expect(screen.getByText(/^2 rows have numbers that another row has too/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByText('1 of 3 rows would become an entry, 2 are refused.')).toBeTruthy()
    expect(screen.getAllByText('Another row of the file has its number.').length).toBe(2)
  })

  it('[CO990] in a campaign that has such lists nobody but a person says which one it is', async () => {
    const desk = fakeDesk()
    desk.auditPages = [{ lines: [line('Cases of Dlo'), line('Ayiti March')], next: null }]
    const { user } = await show(desk, week(school, well), 'week 12.csv')
    const which = (await screen.findByRole('combobox', { name: 'List in which these numbers are' })) as HTMLSelectElement
    expect([which.value, screen.getByRole('button', { name: 'Try it' }).getAttribute('aria-disabled')]).toEqual(['', 'true'])
    await user.selectOptions(which, 'A list that has not been brought in before')
    expect((screen.getByRole('textbox', { name: 'Name of the list' }) as HTMLInputElement).value).toBe('week 12')
    await user.selectOptions(which, 'Ayiti March')
    expect(screen.queryByRole('textbox', { name: 'Name of the list' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByText('2 of 2 rows would become entries, none is refused.')).toBeTruthy()
  })

  it('[CO991] before a table comes in stands how many rows are new, the same and changed, and in what the changed ones differ from which entry', async () => {
    const desk = fakeDesk()
    desk.trialResult = { accepted: 1, duplicates: 1, otherwise: 1, refused: [{ row: 3, reason: 'here-otherwise', entry, fields: ['placeName', 'description'] }] }
    const { user } = await show(desk, week(school, well, road))
    await screen.findByDisplayValue('Cases of Dlo')
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByText('New: 1. Here already, the same: 1. Here already, changed since or read otherwise: 1.')).toBeTruthy()
    const differing = within(screen.getByRole('table', { name: 'Rows that are here otherwise: in what they differ' }))
    expect([differing.getByRole('link').getAttribute('href'), differing.getByText(/Place.*The words/) !== null]).toEqual([`/desk/entry/${entry.id}`, true])
    expect(desk.imported).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Bring in 1 entry' }))
    await waitFor(() => expect(desk.imported.map(({ format }) => format)).toEqual(['table']))
  })

  it('[CO991] where the server does not answer it says that nothing was compared, and the table comes in all the same', async () => {
    const { user } = await show(fakeDesk(), week(school, well))
    await screen.findByDisplayValue('Cases of Dlo')
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByText(/^It could not be compared with what is here/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Bring in 2 entries' }).getAttribute('aria-disabled')).not.toBe('true')
  })

  it('[CO992] the next table with the same columns is mapped as the last one was, and says so', async () => {
    const desk = fakeDesk()
    const { user, choose, means } = await show(desk, week(school, well).replaceAll('EDU', 'lessons'))
    await screen.findByDisplayValue('Cases of Dlo')
    await user.selectOptions(await means('Place'), 'adm1Name')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Code of lessons' }), 'EDU')
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    await user.click(await screen.findByRole('button', { name: 'Bring in 2 entries' }))
    await screen.findByText(/No new entry/)
    await choose(week(school.replace('EDU', 'lessons'), road))
    expect(await screen.findByText(/^Mapped as the last table with these columns/)).toBeTruthy()
    expect([(await means('Place')).value, (screen.getByRole('combobox', { name: 'Code of lessons' }) as HTMLSelectElement).value]).toEqual(['adm1Name', 'EDU'])
    await user.click(screen.getByRole('button', { name: 'Guess anew' }))
    expect((await means('Place')).value).toBe('placeName')
  })
})
