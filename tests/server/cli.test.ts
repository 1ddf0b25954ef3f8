import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDraft } from '#server/report/publish.ts'
import { databasesWhenDeep } from '../support/databases.ts'
import { savedSecret } from '../support/carried-phones.ts'
import { realPhone } from '../support/real-phone.ts'
import { bytesOf } from '../support/unsent.ts'
import { unzipped } from '../support/unzipped.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

const root = join(import.meta.dirname, '../..')
const fixture = join(root, 'tests/exchange/fixtures/ebola-3w.csv')
/** Loaded before a command: its output ends as in `> /dev/full`, which only Linux has. */
const fullOutput = "process.stdout._write = (chunk, encoding, done) => done(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }))"

describe.each(databasesWhenDeep)('the command line, on %s', (database) => {
  let dataDir: string
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ database })
    dataDir = server.context.config.dataDir
  })
  afterAll(() => server.close())

  const variables = (dir: string) => (dir === dataDir && server.context.config.databaseUrl !== undefined ? { DATABASE_URL: server.context.config.databaseUrl } : {})
  const terrain = (args: readonly string[], dir = dataDir, more: NodeJS.ProcessEnv = {}) =>
    new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
      execFile(process.execPath, [join(root, 'src/server/cli/main.ts'), ...args], { env: { ...process.env, ...variables(dir), TERRAIN_DATA: dir, PUBLIC_URL: 'https://reports.example.org', ...more }, cwd: root }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
    })

  it('[SE39] invite prints the link as its last line, beside a running server, and the link works', async () => {
    const { code, out } = await terrain(['invite', '--role', 'volunteer', '--campaign', server.campaign.id])
    const link = out.trim().split('\n').at(-1) ?? ''
    expect([code, /^https:\/\/reports\.example\.org\/join#[\w-]{22}$/.test(link)]).toEqual([0, true])
    expect(await server.context.store.members.invites(server.campaign.id, '2026-03-01T08:00:00Z' as never)).toMatchObject([{ role: 'volunteer', usesLeft: 1 }])
  })

  it('[SE87] import takes a sealed file of a phone, which it knows by its first bytes; a damaged one is refused with a sentence', async () => {
    const phone = await realPhone(server)
    phone.ground.setOnline(false)
    await savedSecret(phone, 1, 2000)
    const bytes = await bytesOf(await phone.device.exportUnsent())
    const [whole, damaged] = [join(dataDir, 'by-courier'), join(dataDir, 'damaged.terrain')]
    await writeFile(whole, bytes)
    await writeFile(damaged, bytes.subarray(0, -20))
    const args = (file: string) => ['import', '--format', 'bundle', file, '--campaign', server.campaign.id]
    expect(await terrain(args(damaged))).toMatchObject({ code: 1, err: expect.stringContaining('bundle broken') as string })
    const { code, out } = await terrain(args(whole))
    expect([code, out.trim().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^[01] accepted, [01] there already, 0 refused$/)])
    phone.device.close()
  })

  it('[SE39] import says what it did, and names refused rows, what was left out and what was filled in; twice says that all is there already; verify finds nothing wrong', async () => {
    const args = ['import', '--format', 'hxl', fixture, '--campaign', server.campaign.id]
    const first = await terrain(args)
    expect([first.code, first.out]).toEqual([0, [
      'row 7: refused, country-unknown (country)', 'row 8: refused, place-missing (placeName)', 'row 2: adm2Code left out, code-of-another-country',
      'filled in because the file does not say it: status (5), startOn (5), observedOn (5), populationGroup (5), reached (5)', '5 accepted, 0 there already, 2 refused', '',
    ].join('\n')])
    expect((await terrain(args)).out).toContain('0 accepted, 5 there already')
    const verified = await terrain(['verify', '--campaign', server.campaign.id])
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('Everything of "Solidarity Network" holds.')])
    expect((await terrain(['export', '--kind', 'action', '--campaign', server.campaign.id])).out).toContain('#activity+code+type')
  })

  it('[EX40] import keeps the letters of a table that is not UTF-8: it shows what the likely encoding makes of them and waits for its name', async () => {
    const file = join(dataDir, 'western.csv')
    const lines = (await readFile(fixture, 'utf8')).split('\n')
    await writeFile(file, Buffer.from([lines[0], lines[2]?.replace(/^[^,]*,[^,]*/, (start) => `${start} Thi\u00e8s`)].join('\n'), 'latin1'))
    const args = ['import', '--format', 'csv', file, '--campaign', server.campaign.id]
    const asked = await terrain(args)
    expect([asked.code, asked.out, asked.err]).toEqual([1, '', expect.stringMatching(/As windows-1252 it says ".*Thiès": if that is right, add --encoding windows-1252/)])
    expect((await terrain([...args, '--encoding', 'latin9'])).code).toBe(2)
    const named = await terrain([...args, '--encoding', 'windows-1252'])
    expect([named.code, named.out]).toEqual([0, expect.stringMatching(/^read as windows-1252: ".*Thiès"\n[^]*1 accepted/)])
  })

  it('[SE972] import says what a file lacks in words of who brings it, and invite that a link to this machine leads no phone', async () => {
    const [empty, table] = [join(dataDir, 'empty.csv'), join(dataDir, 'no-bundle.csv')]
    await Promise.all([writeFile(empty, '\n'), writeFile(table, 'a,b\n1,2\n')])
    const answers = await Promise.all([['csv', empty], ['bundle', table], ['csv', table, '--mapping', 'mine']].map(([format = '', ...rest]) => terrain(['import', '--format', format, ...rest, '--campaign', server.campaign.id])))
    expect(answers.map(({ code, out, err }) => [code, out, err])).toEqual([
      [1, '', 'Nothing was imported: the file is empty.\n'], [1, '', 'Nothing was imported: this is no file that a phone handed over, or it was cut off on its way.\n'],
      [2, '', expect.stringMatching(/^--mapping must be one of terrain, /)],
    ])
    const invite = ['invite', '--role', 'volunteer', '--campaign', server.campaign.id]
    const [here, elsewhere] = await Promise.all([terrain(invite, dataDir, { PUBLIC_URL: 'http://localhost:8080' }), terrain(invite)])
    expect([here.err.split('.', 1)[0], elsewhere.err]).toEqual(['The link leads to this machine alone', ''])
  })

  it('[SE39] import says where a workbook, and a table that nobody knows, can be brought in', async () => {
    const unknown = join(dataDir, 'unknown.csv')
    await writeFile(unknown, 'Where,What\nOuest,The well is dry since March.\n')
    const [workbook, table] = await Promise.all([join(root, 'tests/exchange/fixtures/problems.xlsx'), unknown].map((file) => terrain(['import', '--format', 'csv', file, '--campaign', server.campaign.id])))
    expect([workbook?.code, workbook?.err, table?.code, table?.err]).toEqual([1, expect.stringMatching(/workbook.*at the desk, under Data, or save it as CSV\.\n$/), 1, expect.stringContaining('at the desk, under Data, its columns can be mapped by hand') as string])
  })

  it('[SE39] report writes one page a language and prints it, and refuses days and languages that there are not', async () => {
    const folder = join(dataDir, 'report')
    const asked = ['report', '--from', '2026-01-01', '--to', '2026-03-31', '--out', folder, '--campaign', server.campaign.id]
    const { code, out } = await terrain([...asked, '--language', 'en,ar', '--docx'])
    expect([code, out.trim().split('\n')]).toEqual([0, ['en', 'ar'].flatMap((language) => ['html', 'docx'].map((format) => join(folder, `report-2026-01-01-2026-03-31.${language}.${format}`)))])
    expect(await readFile(join(folder, 'report-2026-01-01-2026-03-31.ar.html'), 'utf8')).toContain('<html lang="ar" dir="rtl"')
    const printed = await terrain([...asked, '--language', 'ru', '--pdf'])
    expect([printed.code, printed.out.trim().split('\n').at(-1)]).toEqual([0, join(folder, 'report-2026-01-01-2026-03-31.ru.pdf')])
    const pdf = await readFile(join(folder, 'report-2026-01-01-2026-03-31.ru.pdf'), 'latin1')
    expect([pdf.slice(0, 5), (pdf.match(/\/Type \/Page\b/g) ?? []).length > 1]).toEqual(['%PDF-', true])
    expect(await terrain([...asked, '--pdf'], dataDir, { CHROMIUM: join(dataDir, 'no-browser') })).toMatchObject({ code: 1, err: expect.stringContaining('A PDF needs Chromium') as string })
    expect(await terrain([...asked, '--language', 'xx'])).toMatchObject({ code: 2, err: expect.stringContaining('--language takes of en, ') as string })
    expect(await terrain(['report', '--from', '2026-03-31', '--to', '2026-01-01'])).toMatchObject({ code: 2, err: expect.stringContaining('the first not after the last') as string })
  })

  it('[SE39] [SE182] report writes a published issue by its number as well, and verify knows one that was changed', async () => {
    const ruth = await server.join('coordinator')
    const issue = await publishDraft(server.context, server.campaign, { asked: { settings: 0, parts: [] }, by: { memberId: ruth.joined.member.id, deviceId: ruth.deviceId, at: '2026-04-02T08:00:00Z' as never } })
    const folder = join(dataDir, 'issue')
    const asked = ['report', '--issue', '1', '--out', folder, '--campaign', server.campaign.id]
    const { code, out } = await terrain(asked)
    expect([code, out.trim()]).toEqual([0, join(folder, `${issue?.slug ?? ''}.en.html`)])
    expect(await readFile(out.trim(), 'utf8')).toContain(issue?.digest ?? '-')
    expect(await terrain(['report', '--issue', '7', '--campaign', server.campaign.id])).toMatchObject({ code: 1, err: expect.stringContaining('was not published') as string })
    expect(await terrain(['report', '--issue', 'x', '--campaign', server.campaign.id])).toMatchObject({ code: 2 })
    expect((await terrain(['verify', '--campaign', server.campaign.id])).code).toBe(0)
  })

  it('[SE164] export writes a whole file under its name or none, says what it needs, and stands in the log', async () => {
    const args = (...about: readonly string[]) => ['export', '--campaign', server.campaign.id, ...about]
    const sheet = join(dataDir, '5w.xlsx')
    expect([(await terrain(args('--format', '5w-xlsx', '--lang', 'ar', '--out', sheet))).code, existsSync(`${sheet}.part`)]).toEqual([0, false])
    expect(unzipped(await readFile(sheet)).get('xl/worksheets/sheet1.xml')).toContain('#org+impl+name')
    expect((await terrain(args('--format', 'codebook', '--lang', 'fr'))).out).toContain('#description+lang')
    expect(JSON.parse((await terrain(args('--format', 'geojson'))).out)).toMatchObject({ type: 'FeatureCollection' })
    const missing = join(dataDir, 'no such folder', 'a.csv')
    expect([(await terrain(args('--format', '5w', '--out', missing))).code, existsSync(missing)]).toEqual([2, false])
    const refused = await Promise.all([args('--format', '5w-xlsx'), args('--format', 'xlsx', '--out', sheet), args('--format', 'ods'), args('--format', '5w', '--lang', 'de')].map((wrong) => terrain(wrong)))
    expect(refused.map(({ code, err }) => [code, err.split(' ')[0]])).toEqual([[2, '--format'], [2, '--kind'], [2, '--format'], [2, '--lang']])
    const { lines } = await server.context.store.audit.page(server.campaign.id, { type: 'file.exported', limit: 10 })
    expect(lines.map((line) => (line.kind === 'act' ? line.act.detail['format'] : null)).slice(0, 3)).toEqual(['geojson', 'codebook', '5w-xlsx'])
  })

  it('[SE164] a pipe that is asked for gets the table and is a pipe still', async () => {
    const pipe = join(dataDir, 'a pipe')
    execFileSync('mkfifo', [pipe])
    const read = promisify(execFile)('cat', [pipe])
    const args = ['export', '--format', 'csv', '--kind', 'challenge', '--campaign', server.campaign.id]
    expect(await terrain([...args, '--out', pipe])).toEqual({ code: 0, out: '', err: '' })
    expect((await read).stdout.trimEnd()).toBe((await terrain(args)).out.trimEnd())
    expect([(await stat(pipe)).isFIFO(), existsSync(`${pipe}.part`)]).toEqual([true, false])
  })

  it('[SE271] what the commands brought in, and the working report that they wrote, stand in the log', async () => {
    const of = async (type: string) => (await server.context.store.audit.page(server.campaign.id, { type, limit: 50 })).lines.flatMap((line) => (line.kind === 'act' ? [line.act] : []))
    const fixture = join(root, 'tests/exchange/fixtures/unhcr-3w.csv')
    const before = (await of('file.imported')).length
    expect((await terrain(['import', '--format', 'hxl', fixture, '--campaign', server.campaign.id])).code).toBe(0)
    const [imported, ...rest] = await of('file.imported')
    expect([rest.length, imported?.detail['format'], typeof imported?.detail['count'], imported?.by.memberId]).toEqual([before, 'hxl', 'number', null])
    const reports = (await of('report.exported')).length
    await terrain(['report', '--from', '2026-01-01', '--to', '2026-03-31', '--docx', '--out', join(dataDir, 'told'), '--campaign', server.campaign.id])
    await terrain(['report', '--issue', '1', '--out', join(dataDir, 'told'), '--campaign', server.campaign.id])
    // A folder stands where the document would: of it nothing left.
    await mkdir(join(dataDir, 'stopped', 'report-2026-01-01-2026-03-31.en.docx'), { recursive: true })
    expect((await terrain(['report', '--from', '2026-01-01', '--to', '2026-03-31', '--docx', '--out', join(dataDir, 'stopped'), '--campaign', server.campaign.id])).code).toBe(2)
    const [last, ...written] = await of('report.exported')
    expect(last?.detail['format']).toBe('html')
    expect([written.length - reports, written.slice(0, 2).map(({ detail }) => detail['format'])]).toEqual([2, ['docx', 'html']])
  })

  it('[SE164] nobody else on the machine reads what was exported or is not published; what is published anybody may', async () => {
    const modeOf = async (path: string) => ((await stat(join(dataDir, path))).mode & 0o777).toString(8)
    const written = [['export', '--format', '5w', '--out', join(dataDir, 'mode.csv')], ['report', '--from', '2026-01-01', '--to', '2026-03-31', '--docx', '--pdf', '--out', join(dataDir, 'mode')], ['report', '--issue', '1', '--out', join(dataDir, 'mode')]]
    for (const args of written) expect((await terrain([...args, '--campaign', server.campaign.id])).code).toBe(0)
    const issue = (await server.context.store.reports.issue(server.campaign.id, 1))?.slug ?? ''
    const files = ['mode.csv', ...['html', 'docx', 'pdf'].map((kind) => `mode/report-2026-01-01-2026-03-31.en.${kind}`), `mode/${issue}.en.html`]
    expect(await Promise.all(files.map(modeOf))).toEqual(['600', '600', '600', '600', (0o666 & ~process.umask()).toString(8)])
  })

  it('[SE39] a restore into what holds a campaign names what is to be empty', async () => {
    const folder = join(dataDir, 'backups-of-cli')
    expect((await terrain(['backup', '--to', folder])).code).toBe(0)
    const { code, err } = await terrain(['restore', '--from', folder])
    expect([code, err.includes(database === 'SQLite' ? `${dataDir} already holds a campaign` : 'the database of DATABASE_URL already holds a campaign')]).toEqual([1, true])
  })

  it('[SE39] a file that cannot be written is named as it was asked for, and nothing is left beside it', async () => {
    const taken = join(dataDir, 'taken')
    await mkdir(taken)
    const told = await Promise.all([join(dataDir, 'nowhere', 'x.csv'), taken].map((out) => terrain(['export', '--format', 'csv', '--kind', 'challenge', '--out', out, '--campaign', server.campaign.id])))
    expect(told).toEqual([`${join(dataDir, 'nowhere', 'x.csv')} cannot be used: there is no such file or folder.\n`, `${taken} cannot be used: it is a folder.\n`].map((err) => ({ code: 2, out: '', err })))
    expect(existsSync(`${taken}.part`)).toBe(false)
  })

  it('[SE39] a command whose output meets a full disk says so, and no stack', async () => {
    expect(await terrain(['export', '--format', 'csv', '--kind', 'challenge', '--campaign', server.campaign.id], dataDir, { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(fullOutput)}` })).toEqual({
      code: 2, out: '', err: 'The disk is full. What was stored before is whole: make room outside of TERRAIN_DATA and BACKUP_DIR, and try again.\n',
    })
  })

  it('[SE445] a file that cannot be used is named with its whole path and why, wherever the command stands', async () => {
    const of = (...args: readonly string[]) => terrain([...args, '--campaign', server.campaign.id])
    const answers = await Promise.all([of('import', '--format', 'csv', 'no-such.csv'), of('import', '--format', 'csv', 'tests'), of('export', '--format', '5w', '--out', 'no-such/a.csv'), terrain(['restore', '--from', 'no-such'])])
    expect(answers.map(({ code, err }) => [code, err.trim()])).toEqual([
      [1, `Nothing was imported: ${join(root, 'no-such.csv')} cannot be used: there is no such file or folder.`], [1, `Nothing was imported: ${join(root, 'tests')} cannot be used: it is a folder.`],
      [2, `${join(root, 'no-such/a.csv')} cannot be used: there is no such file or folder.`], [1, `There is no verified backup in ${join(root, 'no-such')}.`],
    ])
  })

  it('[SE441] a word that belongs to no option, and an option that stands there twice, are refused before anything is done', async () => {
    const elsewhere = join(dataDir, 'elsewhere')
    const before = (await server.context.store.members.invites(server.campaign.id, '2026-03-01T08:00:00Z' as never)).length
    const answers = await Promise.all([['backup', elsewhere], ['erase', '--entry', 'C-000001', 'C-000002', '--reason', 'x'], ['erase', '--entry', 'C-000001', '--entry', 'C-000002', '--reason', 'x'], ['import', '--format', 'csv', fixture, fixture], ['invite', '--role', 'volunteer', '--role', 'coordinator']].map((args) => terrain([...args, '--campaign', server.campaign.id].slice(0, args[0] === 'backup' ? 2 : undefined))))
    expect(answers.map(({ code, out, err }) => [code, out, err.split(' Nothing was done. It is called like this:\n  terrain ')[0]])).toEqual([`"${elsewhere}" belongs to no option.`, '"C-000002" belongs to no option.', '--entry stands there twice.', `"${fixture}" belongs to no option.`, '--role stands there twice.'].map((told) => [2, '', told]))
    expect((await server.context.store.members.invites(server.campaign.id, '2026-03-01T08:00:00Z' as never)).length).toBe(before)
  })

  it('[SE39] [SE443] a wrong word gets a sentence and an exit code, never a stack, and the folder that is made for the data is of its user alone', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'terrain-empty-'))
    const answers = await Promise.all([terrain(['dance']), terrain(['invite', '--role', 'king', '--campaign', server.campaign.id]), terrain(['invite', '--rule', 'x']), terrain(['import', '--format', 'hxl', 'missing.csv', '--campaign', server.campaign.id]), terrain(['verify'], empty), terrain(['verify'])])
    await terrain(['verify'], join(empty, 'fresh'))
    expect(((await stat(join(empty, 'fresh'))).mode & 0o777).toString(8)).toBe('700')
    await rm(empty, { recursive: true })
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 1, 1, 1])
    expect(answers.map(({ err, out }) => `${out}${err}`).filter((text) => text.includes('    at '))).toEqual([])
    expect(answers[5]?.err).toContain('--campaign')
    expect(answers[4]?.err).toContain(`There is no campaign yet in ${empty}: `)
  })

  it('[SE970] --help says how a command is called and does nothing, an option that there is not is answered with the same, and a report has days that there are', async () => {
    const [all, one, short, unknown, bare, day, both] = await Promise.all([['--help'], ['backup', '--help'], ['report', '--issue', '1', '-h'], ['backup', '--too', 'x'], ['backup', '--to'], ['report', '--from', '2026-01-01', '--to', '2026-02-30'], ['report', '--issue', '1', '--from', '2026-01-01']].map((args) => terrain(args)))
    const usage = '  terrain backup [--to DIR]\n'
    expect([all?.code, all?.out.startsWith('Commands:\n'), one?.code, one?.out.startsWith(usage), short?.code, short?.out.startsWith('  terrain report ')]).toEqual([0, true, 0, true, 0, true])
    expect([unknown?.err, bare?.err]).toEqual(["Unknown option '--too'.", "Option '--to <value>' argument missing."].map((told) => `${told} Nothing was done. It is called like this:\n${usage}`))
    expect([day, both].map((told) => [told?.code, told?.out, told?.err.split(' ', 1)[0]])).toEqual([[2, '', '--from'], [2, '', '--issue']])
  })
})
