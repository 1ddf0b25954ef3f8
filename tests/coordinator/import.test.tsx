import { Blob } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ApiProblem } from '#device/device.ts'
import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { asWritten, byteOrderMark, csvRows, csvText } from '#exchange/csv.ts'
import { entryFeature } from '#exchange/geojson-file.ts'
import { sheetHead, sheetPath, sheetRow, sheetTail, workbookParts } from '#exchange/xlsx-parts.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { exported } from '../support/exported.ts'
import { zipped } from '../support/zipped.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const fixture = (name: string) => readFileSync(join('tests/exchange/fixtures', name))
const problems = [
  'Country,Region,Problem,Cluster,How bad,Reported on', 'Haiti,Ouest,The school has been closed since the storm.,Education and learning,terrible,13/02/2026',
  'Haiti,Sud,No water at the well for three weeks.,WSH,bad,14/02/2026', 'Haiti,Nord,short,Health,bad,15/02/2026',
].join('\n')

/** A workbook with one or two sheets, by their names. */
function workbookOf(sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Promise<ArrayBuffer> {
  const [[first, rows] = ['', []], second] = Object.entries(sheets)
  const sheet = (cells: readonly (readonly string[])[]) => `${sheetHead({ columns: 3, isRtl: false })}${cells.map((row, index) => sheetRow(index + 1, row)).join('')}${sheetTail}`
  const further = (path: string, xml: string) => (path === 'xl/workbook.xml' ? xml.replace('</sheets>', `<sheet name="${second?.[0] ?? ''}" sheetId="2" r:id="rId9"/></sheets>`) : path.endsWith('workbook.xml.rels') ? xml.replace('</Relationships>', '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/second.xml"/></Relationships>') : xml)
  const parts = workbookParts(first).map(({ path, text }) => [path, second === undefined ? text : further(path, text)] as const)
  return zipped([...parts, [sheetPath, sheet(rows)], ...(second === undefined ? [] : [['xl/worksheets/second.xml', sheet(second[1])] as const])])
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('bringing in a table', () => {
  it('[CO95] columns are shown with three samples and a guess, and can be mapped by hand; nothing is sent before', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([problems], 'problems.csv'))
    const columns = within(await screen.findByRole('table', { name: 'Columns of the file' }))
    expect(columns.getByText('No water at the well for three weeks.')).toBeTruthy()
    const means = (column: string) => columns.getByRole('combobox', { name: `What ${column} becomes` }) as HTMLSelectElement
    expect([means('Country').value, means('Problem').value, means('How bad').value]).toEqual(['country', 'description', ''])
    await user.selectOptions(means('How bad'), 'severity')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Code of terrible' }), '5')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Code of bad' }), '3')
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByText('2 of 3 rows would become entries, 1 is refused.')).toBeTruthy()
    expect(desk.imported).toEqual([])
    desk.importResult = { accepted: 2, duplicates: 0, refused: [] }
    await user.click(screen.getByRole('button', { name: 'Bring in 2 entries' }))
    await waitFor(() => expect(desk.imported.map(({ format }) => format)).toEqual(['table']))
    expect(JSON.parse(desk.imported[0]?.text ?? '')).toMatchObject({ text: problems, plan: { kind: 'challenge', columns: { severity: 4 }, values: { severity: { terrible: '5', bad: '3' } } } })
    expect(await screen.findByText('2 new entries, none was here already, none refused.')).toBeTruthy()
  })

  it('[CO964] [CO968] a file that is half mapped is there again after another page of the desk, and so is what became of one', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    const bar = within(screen.getByRole('navigation'))
    await user.upload(screen.getByLabelText('File'), new File([problems], 'problems.csv'))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'What How bad becomes' }), 'severity')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Code of bad' }), '3')
    await user.click(bar.getByRole('link', { name: 'People' }))
    expect(screen.queryByRole('combobox', { name: 'Code of bad' })).toBeNull()
    await user.click(bar.getByRole('link', { name: 'Data' }))
    expect((screen.getByRole('combobox', { name: 'Code of bad' }) as HTMLSelectElement).value).toBe('3')
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    await user.click(screen.getByRole('button', { name: 'Bring in 1 entry' }))
    await waitFor(() => expect(document.activeElement?.textContent).toMatch(/new entr/))
    await user.click(bar.getByRole('link', { name: 'People' }))
    await user.click(bar.getByRole('link', { name: 'Data' }))
    expect(await screen.findByText(/new entr/)).toBeTruthy()
  })

  it('[CO690] rows that are here already, read otherwise, are told as that, and come in a second time only by a button that says so', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    desk.importResult = { accepted: 1, duplicates: 0, otherwise: 4, refused: [{ row: 2, reason: 'here-otherwise' }] }
    await user.upload(screen.getByLabelText('File'), new File([fixture('ebola-3w.csv')], 'ebola.csv'))
    await user.click(await screen.findByRole('button', { name: /Bring in 5 entries/ }))
    expect(await screen.findByText(/^4 rows are in this campaign already, read otherwise/)).toBeTruthy()
    expect(screen.getByText('It is here already, read otherwise.')).toBeTruthy()
    expect(desk.imported.map((one) => 'again' in one)).toEqual([false])
    desk.importResult = { accepted: 4, duplicates: 1, refused: [] }
    await user.click(screen.getByRole('button', { name: 'Bring in 4 rows a second time' }))
    expect(await screen.findByText('4 new entries, 1 was here already, none refused.')).toBeTruthy()
    expect([desk.imported[1]?.text === desk.imported[0]?.text, desk.imported.map((one) => 'again' in one)]).toEqual([true, [false, true]])
  })

  it('[CO96] a known kind of file is tried at once: what is filled in, what is left out, and the refused rows as a file', async () => {
    const desk = fakeDesk()
    const { user, saved } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([fixture('ebola-3w.csv')], 'ebola.csv'))
    expect(await screen.findByText(/This kind of file is known: ebola-3w/)).toBeTruthy()
    expect(screen.getByText(/^Filled in because the file does not say it: .*\(5 rows\)/)).toBeTruthy()
    expect(screen.getByText(/^Left out because it cannot be true.*District \(1 row\)/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Save the refused rows as CSV' }))
    const lines = (saved[0]?.text ?? '').trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/^7,"?The country is missing/)
    await user.click(screen.getByRole('button', { name: /Bring in 5 entries/ }))
    await waitFor(() => expect(JSON.parse(desk.imported[0]?.text ?? '{}')).not.toHaveProperty('plan'))
  })

  it('[CO96] words that begin like a formula are shown and mapped as they were written, and come out with the refused rows in letters that spreadsheets know', async () => {
    const { user, saved } = await showDesk(fakeDesk(), '/desk/data')
    const feature = { type: 'Feature', geometry: null, properties: { country: 'Mali', place: 'Gao', date: '2026-03-01', sector: '- EHA', severity: '++', problem: '- Le puits est tari, là-bas.' } }
    await user.upload(screen.getByLabelText('File'), new File([JSON.stringify({ type: 'FeatureCollection', features: [feature] })], 'points.geojson'))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Code of ++' }), '4')
    // So few words tell nobody their language: it is chosen.
    await user.selectOptions(screen.getByRole('combobox', { name: 'Language of the text' }), 'fr')
    expect(within(screen.getByRole('table', { name: 'Columns of the file' })).getByText('- EHA')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    await user.click(await screen.findByRole('button', { name: 'Save the refused rows as CSV' }))
    expect(saved[0]?.text.startsWith(byteOrderMark)).toBe(true)
    expect(csvRows(saved[0]?.text ?? '').at(-1)?.map(asWritten)).toEqual(expect.arrayContaining(['- Le puits est tari, là-bas.', '- EHA', '++']))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Code of - EHA' }), 'WSH')
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByText('1 of 1 row would become an entry, none is refused.')).toBeTruthy()
  })

  it('[CO96] what is left out stands with why', async () => {
    const { user } = await showDesk(fakeDesk(), '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([fixture('mali-4w.csv').toString('utf8').replace(',319,', ',about 300,')], 'mali.csv'))
    expect(await screen.findByText(/^Left out because it cannot be read as a number: [^(]+ \(1 row\)\.$/)).toBeTruthy()
  })

  it('[CO96] what a field cannot hold is shortened, and said before anything comes in', async () => {
    const { user } = await showDesk(fakeDesk(), '/desk/data')
    const rows = csvRows(fixture('iati.csv').toString('utf8'))
    const title = rows[0]?.indexOf('title') ?? -1
    // The title that this file already has at its column, made longer than any field.
    const longer = rows.map((row, number) => (number < 2 ? row : row.map((cell, index) => (index === title ? `${cell} ${'and more '.repeat(12)}` : cell))))
    await user.upload(screen.getByLabelText('File'), new File([csvText(longer)], 'iati.csv'))
    expect(await screen.findByText(/^Shortened, because the field holds less than the cell says: .*Title/)).toBeTruthy()
  })

  it('[CO96] a quotation mark that nobody closed is told with its row at once, also where it hides the columns', async () => {
    const { user } = await showDesk(fakeDesk(), '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([`"${problems}`], 'problems.csv'))
    expect(await screen.findByText('0 of 1 row would become entries, 1 is refused.')).toBeTruthy()
    expect(screen.getByText(/^A quotation mark opens in it and none closes/)).toBeTruthy()
    expect(screen.getByRole('button', { name: /^Bring in/ }).getAttribute('aria-disabled')).toBe('true')
  })

  it('[CO174] of many columns it says how many are not shown, and shows them when asked; one that is used, or has no header, stands there', async () => {
    const { user } = await showDesk(fakeDesk(), '/desk/data')
    const names = Array.from({ length: 90 }, (_, index) => (index === 85 ? 'Problem' : `x${index + 1}`))
    await user.upload(screen.getByLabelText('File'), new File([`${names.join(',')}\n${names.map((name) => (name === 'Problem' ? 'The bridge is gone.' : name)).join(',')},unnamed\n`], 'wide.csv'))
    const columns = within(await screen.findByRole('table', { name: 'Columns of the file' }))
    expect(columns.getAllByRole('rowheader')).toHaveLength(81)
    expect((columns.getByRole('combobox', { name: 'What Problem becomes' }) as HTMLSelectElement).value).toBe('description')
    expect(screen.getByText('10 more columns are not shown.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show all columns' }))
    expect(columns.getAllByRole('rowheader')).toHaveLength(91)
    expect(columns.getByRole('combobox', { name: 'What Column 91 becomes' })).toBeTruthy()
    expect(screen.queryByText(/not shown\.$/)).toBeNull()
  })

  it('[CO800] what a workbook hides is said before anything comes in: a sheet that is shown stands first, and hidden rows are read only where somebody leaves it so', async () => {
    // jsdom's own has no stream to unpack a workbook from.
    vi.stubGlobal('Blob', Blob)
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    const text = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`
    const sheet = (rows: string) => `<worksheet><cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1">${text('A1', 'Country')}${text('B1', 'Problem')}${text('C1', 'Phone')}</row>${rows}</sheetData></worksheet>`
    const row = (number: number, words: string, also = '') => `<row r="${number}"${also}>${text(`A${number}`, 'Haiti')}${text(`B${number}`, words)}${text(`C${number}`, '+509')}</row>`
    const parts = workbookParts('Data').map(({ path, text: xml }) => [path, path === 'xl/workbook.xml' ? xml.replace('</sheets>', '<sheet name="Lists" sheetId="2" state="hidden" r:id="rId9"/></sheets>') : path.endsWith('workbook.xml.rels') ? xml.replace('</Relationships>', '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/lists.xml"/></Relationships>') : xml] as const)
    const book = await zipped([...parts, [sheetPath, sheet(`${row(2, 'No water.')}${row(3, 'No school.', ' hidden="1"')}<row r="4">${text('A4', 'Haiti')}<c r="B4"><f>B3</f></c></row>`)], ['xl/worksheets/lists.xml', sheet([2, 3, 4, 5, 6, 7].map((number) => row(number, `Item ${number}`)).join(''))]])
    await user.upload(screen.getByLabelText('File'), new File([book], 'book.xlsx'))
    expect((await screen.findByRole('combobox', { name: 'Sheet' }) as HTMLSelectElement).value).toBe('Data')
    expect(screen.getByText('1 row of it is hidden in the workbook, by a filter or by hand.')).toBeTruthy()
    expect(screen.getByText('Hidden in the workbook, and read all the same: Phone.')).toBeTruthy()
    expect(screen.getByText(/^1 cell holds a formula whose result does not stand in the file/)).toBeTruthy()
    expect(screen.getByText('3 rows.')).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'only those that are shown' }))
    expect(screen.getByText('2 rows.')).toBeTruthy()
    expect(screen.queryByText('No school.')).toBeNull()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Sheet' }), 'Lists')
    expect(await screen.findByText('This sheet is hidden in the workbook.')).toBeTruthy()
    expect(screen.getByText('6 rows.')).toBeTruthy()
  })

  it('[CO173] letters that were guessed are shown as they came out and read another way before anything comes in; what cannot be read says so', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    const file = (words: Uint8Array) => new File([Buffer.concat([Buffer.from('Country,Problem\nHaiti,'), words])], 'problems.csv')
    await user.upload(screen.getByLabelText('File'), file(Buffer.from('L\u0092école est fermée.', 'latin1')))
    expect(await screen.findByText(/^This file does not say how its letters are written/)).toBeTruthy()
    expect(screen.getByText('L’école est fermée.', { selector: 'q' })).toBeTruthy()
    const letters = () => screen.getByRole('combobox', { name: 'Letters of the file' }) as HTMLSelectElement
    expect(letters().value).toBe('windows-1252')
    await user.upload(screen.getByLabelText('File'), file(Uint8Array.of(0xcd, 0xe5, 0xf2, 0x20, 0xe2, 0xee, 0xe4, 0xfb)))
    expect(await screen.findByText('Íåò âîäû', { selector: 'q' })).toBeTruthy()
    await user.selectOptions(letters(), 'windows-1251')
    expect(await screen.findByText('Нет воды', { selector: 'q' })).toBeTruthy()
    expect((await screen.findAllByText('Нет воды')).length).toBeGreaterThan(1)
    expect(desk.imported).toEqual([])
    await user.upload(screen.getByLabelText('File'), file(Buffer.from('É seen by nobody')))
    await waitFor(() => expect(screen.queryByText(/^This file does not say how/)).toBeNull())
    await user.upload(screen.getByLabelText('File'), file(Uint8Array.of(0xe9, 0x00)))
    expect(await screen.findByText(/^The letters of this file could not be read/)).toBeTruthy()
  })

  it('[CO97] XLSX and GeoJSON are read as tables; what is no table says so', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([fixture('problems.xlsx')], 'problems.xlsx'))
    expect(await screen.findByText('2 rows.')).toBeTruthy()
    expect(screen.getByText('2020-06-18')).toBeTruthy()
    await user.upload(screen.getByLabelText('File'), new File([JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { country: 'HTI', problem: 'The bridge is gone.' }, geometry: { type: 'Point', coordinates: [-72.3, 18.5] } }] })], 'points.geojson'))
    expect(await screen.findByText('1 row.')).toBeTruthy()
    expect((screen.getByRole('combobox', { name: 'What longitude becomes' }) as HTMLSelectElement).value).toBe('lon')
    await user.upload(screen.getByLabelText('File'), new File(['{"a":1}'], 'x.json'))
    expect(await screen.findByText(/^This file could not be read: .* Nothing was brought in\. Save it again/)).toBeTruthy()
    await user.upload(screen.getByLabelText('File'), new File([Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)], 'old.xlsx'))
    expect(await screen.findByText(/an Excel before 2007, or one that is locked with a password/)).toBeTruthy()
  })

  it('[CO900] a form is told from what was answered with it, and none of its questions becomes an entry', async () => {
    vi.stubGlobal('Blob', Blob)
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([await workbookOf({ Survey: [['type', 'name', 'label::English'], ['text', 'problem', 'What is hard here?']], choices: [['list_name', 'name', 'label'], ['yes_no', '1', 'Yes']] })], 'problems.xlsx'))
    expect(await screen.findByText(/^This workbook is a form \(XLSForm\)/)).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: /becomes$/ })).toBeNull()
    // Answers have a sheet of their own name, and a sheet of answers may be called as it likes.
    await user.upload(screen.getByLabelText('File'), new File([await workbookOf({ survey: [['country', 'problem'], ['HTI', 'The bridge is gone.']] })], 'answers.xlsx'))
    expect(await screen.findByText('1 row.')).toBeTruthy()
  })

  it('[CO245] of two files that are chosen one after the other the second is read, also where the first takes longer', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    const slow = new File([problems], 'problems.csv')
    let answer = (): void => undefined
    const waits = new Promise<void>((resolve) => {
      answer = resolve
    })
    const whole = slow.arrayBuffer.bind(slow)
    slow.arrayBuffer = async () => waits.then(whole)
    await user.upload(screen.getByLabelText('File'), slow)
    await user.upload(screen.getByLabelText('File'), new File(['Country,Problem\nHaiti,The bridge is gone.'], 'bridge.csv'))
    expect(await screen.findByText('1 row.')).toBeTruthy()
    answer()
    await waits
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(screen.getByText('1 row.')).toBeTruthy()
    expect(screen.queryByText('3 rows.')).toBeNull()
  })

  it('[CO261] a table that the server finds too large says that nothing of it came in and how it can, and stays to be tried again', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    await user.upload(screen.getByLabelText('File'), new File([fixture('ebola-3w.csv')], 'ebola.csv'))
    desk.problem = { kind: 'refused', code: 'too-large' }
    await user.click(await screen.findByRole('button', { name: /Bring in 5 entries/ }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/too large for the server, and nothing of it was taken\. Divide it, a table into several files/)
    expect(screen.getByRole('button', { name: /Bring in 5 entries/ })).toBeTruthy()
  })

  it('[CO881] while rows come in, and where no answer says what became of them, it does not say that nothing has come in', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    let answer: (said: Result<ImportResponse, ApiProblem>) => void = () => undefined
    const importFile: typeof desk.device.api.importFile = (format) => format === 'trial' ? Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' })) : new Promise((resolve) => {
      answer = resolve
    })
    Object.assign(desk.device.api, { importFile })
    await user.upload(screen.getByLabelText('File'), new File([fixture('ebola-3w.csv')], 'ebola.csv'))
    for (const [problem, word] of [
      [{ kind: 'unreachable', code: 'no-answer' }, /^Some of the rows may have come in\. Bring the same file in once more/],
      [{ kind: 'refused', code: 'unavailable' }, /^Some of the rows may have come in/],
      [{ kind: 'refused', code: 'too-large' }, /^Nothing has been brought in yet/],
    ] as const) {
      await user.click(await screen.findByRole('button', { name: /Bring in 5 entries/ }))
      expect(screen.getByText(/^Rows are coming in\. What has come in stays/)).toBeTruthy()
      expect(screen.queryByText(/^Nothing has been brought in/)).toBeNull()
      answer(fail(problem))
      expect(await screen.findByText(word)).toBeTruthy()
    }
  })

  it('[CO264] GeoJSON that Terrain wrote is tried at once, without columns to map', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    const features = [exported(aChallenge({ lat: 18.51, lon: -72.3 })), exported(anAction(), { ref: 'A-000001' })].map(entryFeature)
    await user.upload(screen.getByLabelText('File'), new File([JSON.stringify({ type: 'FeatureCollection', features })], 'entries.geojson'))
    expect(await screen.findByText(/This kind of file is known: terrain/)).toBeTruthy()
    expect(screen.queryByRole('table', { name: 'Columns of the file' })).toBeNull()
    await user.click(await screen.findByRole('button', { name: 'Bring in 2 entries' }))
    await waitFor(() => expect(desk.imported).toHaveLength(1))
    expect(Object.keys(JSON.parse(desk.imported[0]?.text ?? '') as object)).toEqual(['text'])
  })

  it('[CO265] a file without rows says so, and asks for no columns: a header alone, nothing at all, no features, an empty workbook', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/data')
    const empty = [
      new File([problems.split('\n')[0] ?? ''], 'head.csv'), new File([''], 'blank.csv'),
      new File(['{"type":"FeatureCollection","features":[]}'], 'none.geojson'), new File([fixture('empty.xlsx')], 'empty.xlsx'),
    ]
    for (const file of empty) {
      await user.upload(screen.getByLabelText('File'), file)
      expect(await screen.findByText(/^The file has no rows\. Nothing can come in from it/)).toBeTruthy()
      expect(screen.queryByRole('table', { name: 'Columns of the file' })).toBeNull()
      expect(screen.queryByRole('button', { name: 'Try it' })).toBeNull()
    }
    await user.upload(screen.getByLabelText('File'), new File([problems], 'problems.csv'))
    expect(await screen.findByRole('table', { name: 'Columns of the file' })).toBeTruthy()
  })
})
