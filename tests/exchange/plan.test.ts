import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { entryContentSchema } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import { asWritten, csvRows, csvText } from '#exchange/csv.ts'
import { geojsonCsv } from '#exchange/geojson-rows.ts'
import { guessPlan, guessValues, valuesOf } from '#exchange/guess-plan.ts'
import { importRows, importTable } from '#exchange/import-table.ts'
import { planSchema } from '#exchange/plan.ts'
import type { Plan } from '#exchange/plan.ts'
import { readAmount, readCoordinate, readCount, numberText } from '#exchange/read-cells.ts'
import { readDay } from '#exchange/read-day.ts'
import { readTable } from '#exchange/table.ts'
import { TooManyCells } from '#exchange/table-size.ts'
import { sheetPath, workbookParts } from '#exchange/xlsx-parts.ts'
import { xlsxSheets } from '#exchange/xlsx-rows.ts'
import type { Sheet } from '#exchange/xlsx-rows.ts'
import { labelOf as labelIn } from '#i18n/labels.ts'
import type { LabelList } from '#i18n/labels.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'
import { aChallenge } from '../support/contents.ts'
import { exportCsv, exported } from '../support/exported.ts'
import { zipped } from '../support/zipped.ts'

const sheetsOf = async (bytes: ArrayBuffer): Promise<readonly Sheet[] | null> => {
  const sheets = await xlsxSheets(bytes)
  return sheets === 'too-large' ? null : sheets
}
const { labels } = await loadDesk(await loadLanguage('en'))
const listOf: Readonly<Record<string, LabelList>> = { status: 'actionStatus' }
const labelOf = (field: string, code: string) => labelIn(labels, listOf[field] ?? (field as LabelList), code)
const guess = (csv: string, kind: 'challenge' | 'action' = 'challenge') => guessPlan(readTable(csv), { kind, labelOf })
const problems = [
  'Country,Region,Problem,Cluster,How bad,Reported on,Number of people affected',
  'Haiti,Ouest,The school has been closed since the storm.,Education and learning,4,13/02/2026,"1,200"',
  'Haiti,Sud,No water at the well for three weeks.,WSH,3,14/02/2026,about 20',
  'Atlantis,Nord,Nobody has come since the flood.,Health,2,15/02/2026,',
  'Haiti,Nord,short,Health,2,15/02/2026,',
  'Haiti,Nord,The clinic has no more medicine.,Astrology,2,31/02/2026,5',
].join('\n')

describe('tables of other people', () => {
  it('[EX691] a title above the header is none of its rows, and the header is found below it; where nobody can tell the first row is the header', () => {
    const head = (csv: string) => [readTable(csv).headers, readTable(csv).rows.map(({ number }) => number)]
    expect(head('3W of the cluster,,\nAs of March 2026,,\n,,\nCountry,Region,Problem\nHaiti,Sud,No water at the well.\n')).toEqual([['Country', 'Region', 'Problem'], [5]])
    expect(head('Country,Region,Problem\nHaiti,,\nHaiti,Sud,No water.\n')).toEqual([['Country', 'Region', 'Problem'], [2, 3]])
    expect(head('Problem\nNo water.\nNo school.\n')).toEqual([['Problem'], [2, 3]])
    expect(head('Problem,\nNo water.,Jacmel\n')).toEqual([['Problem', ''], [2]])
    expect(head('Problem,,\nNo water.,Jacmel,2026-03-01\n')).toEqual([['Problem', '', ''], [2]])
    expect(guess('Title of the list\n\nCountry,Region,Problem\nHaiti,Sud,No water.').columns).toEqual({ country: 0, adm1Name: 1, description: 2 })
  })

  it('[EX690] the language that is filled in is that of the words, whoever looks at them; where nobody can tell none is', () => {
    const words: readonly (readonly [string, string | undefined])[] = [
      ['The school has been closed since the storm and the children are not in class.', 'en'], ['Les enfants sont dans la rue et nous avons besoin d’eau au camp.', 'fr'],
      ['No tenemos agua desde hace una semana y los niños están enfermos, como las madres.', 'es'], ['Nou pa gen dlo nan kan an, moun yo malad.', 'ht'],
      ['В лагере нет воды третью неделю.', 'ru'], ['لا ماء في المخيم منذ أسبوع.', 'ar'], ['营地已经三周没有水了。', 'zh'],
      ['As crianças não vão à escola, que está fechada por causa da chuva, e não há água para os pais.', undefined], ['Вода в таборі закінчилася, її немає вже тиждень.', undefined], ['کیمپ میں پانی نہیں ہے۔', undefined],
      ['Jacmel, Sud-Est', undefined], ['', undefined],
    ]
    expect(words.map(([text]) => guess(`Problem,Place\n"${text}",Jacmel`).constants['lang'])).toEqual(words.map(([, language]) => language))
  })

  it('[EX22] columns are guessed by tag and by name, codes by themselves and by their words; nobody guesses how severe something is', () => {
    const plan = guess(problems)
    expect(plan.columns).toEqual({ country: 0, adm1Name: 1, description: 2, topic: 3, observedOn: 5, affectedMin: 6 })
    expect(plan.values['topic']).toMatchObject({ 'Education and learning': 'EDU', WSH: 'WSH', Health: 'HEA', Astrology: '' })
    expect(plan.constants).toEqual({ populationGroup: 'GEN', sourceType: 'secondary', lang: 'en' })
    expect(plan.dayOrder).toBe('dmy')
    expect(guess('Pays,Région,Problème,Date\nMali,Kayes,x,03/25/2026').columns).toEqual({ country: 0, adm1Name: 1, description: 2, observedOn: 3 })
    expect(guess('Pays,Région,Problème,Date\nMali,Kayes,x,03/25/2026').dayOrder).toBe('mdy')
    expect(guess('a,b,c,d\n#country+code,#adm1+name,#sector,#org+name\nMLI,Kayes,WASH,Croix-Rouge', 'action').columns).toEqual({ country: 0, adm1Name: 1, topic: 2, orgName: 3 })
    expect(v.is(planSchema, plan)).toBe(true)
  })

  it('[EX22] columns are known by what people call them in each of the six languages', () => {
    const named: Readonly<Record<string, readonly string[]>> = {
      description: ['Description', 'Description du besoin', 'Descripción', 'Описание', '描述', 'الوصف'], country: ['Country', 'Pays', 'País', 'Страна', '国家', 'الدولة'],
      adm1Name: ['Region', 'Région', 'Departamento', 'Область', '省', 'المحافظة'], placeName: ['Village', 'Localité', 'Municipio', 'Населённый пункт', '地点', 'القرية'],
      startOn: ['Start date', 'Date de début', 'Fecha de inicio', 'Дата начала', '开始日期', 'تاريخ البدء'], endOn: ['End date', 'Date de fin', 'Fecha de término', 'Дата окончания', '结束日期', 'تاريخ الانتهاء'],
      observedOn: ['Date', 'Date du rapport', 'Fecha', 'Дата', '日期', 'التاريخ'], topic: ['Cluster', 'Secteur', 'Sector', 'Сектор', '主题', 'القطاع'], status: ['Status', 'Statut', 'Estado', 'Статус', '状态', 'الحالة'],
      orgType: ['Organisation type', 'Type d’organisation', 'Tipo de organización', 'Тип организации', '组织类型', 'نوع المنظمة'], orgName: ['Organisation', 'ONG', 'Organización', 'Организация', '组织', 'المنظمة'],
      actionType: ['Activity type', 'Type d’activité', 'Tipo de actividad', 'Вид деятельности', '活动类型', 'نوع النشاط'], title: ['Title', 'Projet', 'Proyecto', 'Проект', '项目', 'المشروع'],
      reached: ['People reached', 'Personnes atteintes', 'Personas alcanzadas', 'Охвачено людей', '受益人数', 'عدد المستفيدين'], targeted: ['Targeted', 'Cible', 'Objetivo', 'Запланировано', '目标人数', 'المستهدفون'],
    }
    for (const at of [0, 1, 2, 3, 4, 5]) {
      const fields = Object.keys(named)
      const header = fields.map((field) => named[field]?.[at] ?? '').join(',')
      expect(guess(`${header}\n${fields.map(() => 'x').join(',')}`, 'action').columns).toEqual(Object.fromEntries(fields.map((field, index) => [field, index])))
    }
    const hurt = ['People affected', 'Personnes touchées', 'Personas afectadas', 'Пострадавшие', '受影响人数', 'عدد المتضررين']
    const severe = ['Severity', 'Gravité', 'Gravedad', 'Тяжесть', '严重程度', 'الخطورة']
    for (const [at, name] of hurt.entries()) expect(guess(`${severe[at] ?? ''},${name}\nx,y`).columns).toEqual({ severity: 0, affectedMin: 1 })
  })

  it('[EX22] sectors are known by what the clusters are called in each of the six languages', () => {
    const sectors = [
      ['EDU', 'Education', 'Éducation', 'Educación', 'Образование', '教育', 'التعليم'], ['HEA', 'Health', 'Santé', 'Salud', 'Здравоохранение', '卫生', 'الصحة'],
      ['FSC', 'Food Security', 'Sécurité alimentaire', 'Seguridad alimentaria', 'Продовольственная безопасность', '粮食安全', 'الأمن الغذائي'], ['SHL', 'Shelter/NFI', 'Abris/AME', 'Alojamiento', 'Жильё', '住所', 'المأوى'],
      ['WSH', 'WASH', 'Eau, Hygiène et Assainissement', 'Agua, saneamiento e higiene', 'Вода, санитария и гигиена', '水与卫生', 'المياه والإصحاح'], ['PRO', 'Protection', 'Protection de l\'enfance', 'Protección', 'Защита', '保护', 'الحماية'],
      ['LIV', 'Livelihoods', 'Moyens de subsistance', 'Medios de vida', 'Средства к существованию', '生计', 'سبل العيش'], ['MOB', 'Logistics', 'Logistique', 'Logística', 'Логистика', '后勤', 'اللوجستيات'],
    ] as const
    for (const [topic, ...names] of sectors) expect(guessValues('topic', names, labelOf)).toEqual(Object.fromEntries(names.map((name) => [name, topic])))
  })

  it('[EX22] who works with somebody and who pays are told apart from who does it', () => {
    expect(guess('Organisation,Partners,Donor,Activity,Region\nRed Cross,A;B,ECHO,Pump,Ouest', 'action').columns).toMatchObject({ orgName: 0, partners: 1, funder: 2 })
    expect(guess('Partner,Bailleur de fonds,Problem\nRed Cross,ECHO,x', 'action').columns).toMatchObject({ orgName: 0, funder: 1 })
    expect(guess('Partners,Donor,Problem\nRed Cross,ECHO,x').columns).toEqual({ description: 2 })
  })

  it('[EX22] sectors are known by the names that clusters have, short ones too; what could be two is nobody’s guess', () => {
    const sectors = ['WASH', 'Eau, hygiène et assainissement', 'Food Security', 'Shelter/NFI', 'CCCM', 'Early Recovery', 'Santé', 'Educación', 'MHPSS', 'Astrology', 'Multi-sector']
    const plan = guess(['Country,Region,Problem,Sector', ...sectors.map((sector) => `Haiti,Ouest,The words of a problem.,"${sector}"`)].join('\n'))
    expect(sectors.map((sector) => plan.values['topic']?.[sector])).toEqual(['WSH', 'WSH', 'FSC', 'SHL', 'DIS', 'LIV', 'HEA', 'EDU', 'MHP', '', ''])
  })

  it('[EX23] by a plan every row becomes an entry or is refused with its reason and its field; what was filled in is named', () => {
    const guessed = guess(problems)
    const plan = { ...guessed, columns: { ...guessed.columns, severity: 4 }, values: { ...guessed.values, severity: { 4: '4', 3: '3', 2: '2' } } }
    const table = importTable(problems, plan)
    expect(table?.accepted.map(({ row, content }) => [row, content])).toEqual([[2, expect.objectContaining({ kind: 'challenge', topic: 'EDU', severity: 4, country: 'HTI', adm1Name: 'Ouest', observedOn: '2026-02-13', affectedMin: 1200, consentBasis: 'not_asked' })]])
    expect(table?.accepted[0]?.assumed).toEqual(['consentBasis', 'populationGroup', 'lang', 'sourceType'])
    expect(table?.refused).toEqual([
      { row: 3, reason: 'not-a-number', field: 'affectedMin' }, { row: 4, reason: 'country-unknown', field: 'country' }, { row: 5, reason: 'words-too-short', field: 'description' }, { row: 6, reason: 'not-a-day', field: 'observedOn' },
    ])
    for (const { content } of table?.accepted ?? []) expect(v.is(entryContentSchema, content)).toBe(true)
  })

  it('[EX23] a word that begins like a formula is mapped, and shown, as it stands in the workbook or map that it came from', () => {
    const csv = csvText([['+ Problem', 'Country', 'Place', 'Date', 'Cluster', 'Severity'], ['- The well has fallen dry.', 'Mali', 'Gao', '2026-03-01', '- WASH', '++']])
    const table = readTable(csv)
    const guessed = guess(csv)
    expect([table.headers[0], guessed.values['topic'], guessed.values['severity']]).toEqual(['+ Problem', { '- WASH': '' }, { '++': '' }])
    const plan = { ...guessed, values: { topic: { '- WASH': 'WSH' }, severity: { '++': '4' } } }
    expect(importRows(table, plan)).toMatchObject({ refused: [], accepted: [{ content: { topic: 'WSH', severity: 4, description: '- The well has fallen dry.' } }] })
  })

  it('[EX30] what a field cannot hold is shortened with dots and named, whole characters only; a description is not; what every entry needs is missed by its name', () => {
    const long = 'x'.repeat(99)
    const csv = [
      'title,description,org,partners', `${long}😀 and more,The pump was mended by neighbours.,Red Cross,"A; B; C; D; E; F"`, `${long}y,The pump was mended by neighbours.,${'o'.repeat(121)},A;${'p'.repeat(130)}`,
      `Pump,${'w'.repeat(2001)},Red Cross,`, 'Pump,The pump was mended by neighbours.,null,', 'Pump,The pump was mended by neighbours.,half \ud83d,',
    ].join('\n')
    const plan = { kind: 'action' as const, columns: { title: 0, description: 1, orgName: 2, partners: 3 }, values: {}, dayOrder: 'dmy' as const, constants: { topic: 'WSH', country: 'HTI', adm1Name: 'Ouest', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', actionType: 'education', status: 'planned', orgType: '504', startOn: '2026-02-03' } }
    const table = importTable(csv, plan)
    expect(table?.accepted.map(({ content, shortened }) => [content.kind === 'action' && [content.title, content.orgName.length, content.partners?.map((name) => name.length)], shortened])).toEqual([
      [[`${long}…`, 9, [1, 1, 1, 1, 1]], ['title', 'partners']], [[`${long}y`, 120, [1, 120]], ['orgName', 'partners']],
    ])
    expect(table?.refused).toEqual([{ row: 4, reason: 'words-too-long', field: 'description' }, { row: 5, reason: 'field-missing', field: 'orgName' }, { row: 6, reason: 'does-not-fit', field: 'orgName' }])
  })

  it('[EX23] what does not fit across fields is told with the field that somebody would look at', () => {
    const fitting = { topic: 'WSH', country: 'HTI', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', adm1Name: 'Ouest' }
    const refused = (csv: string, plan: Pick<Plan, 'kind' | 'columns' | 'constants'>) => importTable(csv, { values: {}, dayOrder: 'dmy', ...plan, constants: { ...fitting, ...plan.constants } })?.refused
    const [words, action] = ['The pump was mended by neighbours.', { actionType: 'education', orgType: '504', orgName: 'Red Cross', startOn: '2026-02-03' }]
    expect(refused(`words,end\n${words},\n${words},2026-01-03`, { kind: 'action', columns: { description: 0, endOn: 1 }, constants: { ...action, status: 'completed' } }))
      .toEqual([{ row: 2, reason: 'field-missing', field: 'endOn' }, { row: 3, reason: 'does-not-fit', field: 'endOn' }])
    expect(refused(`words,reached\n${words},7`, { kind: 'action', columns: { description: 0, reached: 1 }, constants: { ...action, status: 'planned' } })).toEqual([{ row: 2, reason: 'does-not-fit', field: 'reached' }])
    expect(refused(`words,least,most\n${words},9,7`, { kind: 'challenge', columns: { description: 0, affectedMin: 1, affectedMax: 2 }, constants: { severity: '3', observedOn: '2026-02-03' } })).toEqual([{ row: 2, reason: 'does-not-fit', field: 'affectedMax' }])
    // Of an export whose people did not agree to the place nothing of it is in the row.
    const placeless = aChallenge({ adm1Name: undefined, consentPlace: false } as never)
    expect(importTable(exportCsv('challenge', [exported(placeless)]))?.refused).toEqual([{ row: 3, reason: 'place-missing', field: 'placeName' }])
  })

  it('[EX630] of a cell with several codes each is mapped by itself, however they are parted, and comes in', () => {
    const read = (cells: readonly string[], names = 'need') => {
      const csv = csvText([['Problem', 'Date', 'Region', 'Country', 'Severity', 'Cluster', ...names.split(' ')], ...cells.map((cell) => ['The pump is broken since Monday.', '2026-02-03', 'Ouest', 'Haiti', '3', 'WASH', cell])])
      const { values, ...plan } = guess(csv)
      const columns = { ...plan.columns, severity: 4, need: 6 }
      const mapped = valuesOf(readTable(csv), { field: 'need', index: 6 }, labelOf)
      const { accepted, refused } = importTable(csv, { ...plan, columns, values: { ...values, severity: { 3: '3' }, need: { ...mapped, wtr: 'water', fd: 'food' } } }) ?? { accepted: [], refused: [] }
      return { mapped, needs: accepted.map(({ content }) => ('need' in content ? content.need : undefined)), leftOut: accepted.flatMap((row) => row.leftOut ?? []), refused }
    }
    expect(read(['food; water', 'food', 'School or learning materials'])).toEqual({ mapped: { food: 'food', water: 'water', 'School or learning materials': 'school' }, needs: [['food', 'water'], ['food'], ['school']], leftOut: [], refused: [] })
    expect(read(['food، water', 'food、water', 'food\nwater', 'food, Water', 'food|food']).needs).toEqual([...Array.from({ length: 4 }, () => ['food', 'water']), ['food']])
    // Forms: blanks between the names of options, which are codes, stand alone somewhere, or head a column of their own.
    expect(read(['food water']).needs).toEqual([['food', 'water']])
    expect(read(['fd wtr', 'fd', 'wtr']).needs).toEqual([['food', 'water'], ['food'], ['water']])
    expect(read(['fd wtr'], 'need need/fd need/wtr').needs).toEqual([['food', 'water']])
    expect(read(['clean pump'])).toMatchObject({ mapped: { 'clean pump': '' }, refused: [{ reason: 'value-unmapped', field: 'need' }] })
    expect(read(['food;water;health;cash'])).toMatchObject({ needs: [['food', 'water', 'health']], leftOut: [{ field: 'need', reason: 'too-many' }], refused: [] })
  })

  it('[EX23] the same plan in another order is the same reading, another plan another one', () => {
    const plan = guess(problems)
    const turned = { ...plan, columns: Object.fromEntries(Object.entries(plan.columns).toReversed()) }
    expect(importTable(problems, turned)?.mapping).toBe(importTable(problems, plan)?.mapping)
    expect(importTable(problems, { ...plan, constants: { ...plan.constants, severity: '3' } })?.mapping).not.toBe(importTable(problems, plan)?.mapping)
  })

  it('[EX24] a count takes groups of thousands under any one sign; what could be two numbers is none', () => {
    const thousands = ['3.000', '3,000', '3 000', '3\u00a0000', '3\u202f000', "3'000", '3’000', '3.000,00', '3,000.0', '3000.0']
    expect(thousands.map((text) => readCount(text))).toEqual(thousands.map(() => ok(3000)))
    expect(['120.000', '1.234.567', '007', '12.50'].map((text) => readCount(text))).toEqual([120_000, 1_234_567, 7, 12.5].map(ok))
    const unclear = ['0,045', '1200.000', '1234,567', '1.234,567', '1,234,56', '1.234 567', '1.2.3', '1,20,000', '1.']
    expect(unclear.map((text) => readCount(text))).toEqual(unclear.map(() => fail('number-unclear')))
  })

  it('[EX24] of degrees a single comma is the decimal sign, however many digits follow', () => {
    expect(['-0,017', '0,045', '18.542', '-72,298', '\u22121.5', '1e-7', '16'].map((text) => readCoordinate(text))).toEqual([-0.017, 0.045, 18.542, -72.298, -1.5, 1e-7, 16].map(ok))
    expect(['18,542,1', '18.542,1', '18 542', '18°', 'north', ''].map((text) => readCoordinate(text))).toEqual(['number-unclear', 'number-unclear', 'number-unclear', 'not-a-number', 'not-a-number', 'not-a-number'].map(fail))
    expect(['1.234', '0.5', '1250,5', '1.234.567', '1,234.50'].map((text) => readAmount(text))).toEqual([1.234, 0.5, 1250.5, 1_234_567, 1234.5].map(ok))
    expect(['1,234', '3.000', 'NaN', 'Infinity'].map((text) => readAmount(text))).toEqual(['number-unclear', 'number-unclear', 'not-a-number', 'not-a-number'].map(fail))
  })

  it('[EX24] whoever made the table, a count of thousands is one, a point stays where it is, and an unclear number is refused by row and field', () => {
    const csv = 'Problem,People,Latitude,Longitude\nThe bridge is gone since Friday.,3.000,"5,614","-0,017"\nThe bridge is gone since Friday.,"0,045","5,614","-0,017"\nThe bridge is gone since Friday.,120.000,5.614,-0.017'
    const plan = { kind: 'challenge' as const, columns: { description: 0, affectedMin: 1, lat: 2, lon: 3 }, values: {}, dayOrder: 'dmy' as const, constants: { topic: 'MOB', severity: '3', country: 'GHA', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', observedOn: '2026-02-13' } }
    const table = importTable(csv, plan)
    expect(table?.accepted.map(({ content }) => [content.kind === 'challenge' && content.affectedMin, content.lat, content.lon])).toEqual([[3000, 5.614, -0.017], [120_000, 5.614, -0.017]])
    expect(table?.refused).toEqual([{ row: 3, reason: 'number-unclear', field: 'affectedMin' }])
    const [header = [], tags = [], row = []] = csvRows(exportCsv('challenge', [exported(aChallenge())]))
    const told = (tag: string, text: string) => importTable(csvText([header, tags, row.map((cell, index) => (tags[index] === tag ? text : cell))]))
    expect(told('#affected+min', '3.000')?.accepted[0]?.content).toMatchObject({ affectedMin: 3000 })
    expect(told('#affected+min', '0,045')?.refused).toEqual([{ row: 3, reason: 'number-unclear', field: 'affectedMin' }])
    expect(told('#affected+age_5_17+f', 'some')?.refused).toEqual([{ row: 3, reason: 'not-a-number', field: 'affectedSadd' }])
  })

  it('[EX24] numbers and days are read as people write them, and what is none is no number and no day', () => {
    expect(['1 234', '1,234', '1,234,567', '1.5', '3,5', '-2'].map((text) => readCount(text))).toEqual([1234, 1234, 1_234_567, 1.5, 3.5, -2].map(ok))
    expect(['56.999999999999993', '3.0000000000000004', '12345678', '0.1'].map((text) => readCount(text))).toEqual([57, 3, 12_345_678, 0.1].map(ok))
    expect(['about 20', '', '0x10', '1e3', 'Infinity', '12 people'].map((text) => readCount(text))).toEqual(Array.from({ length: 6 }, () => fail('not-a-number')))
    const reading = { order: 'dmy' as const, today: '2026-03-07' }
    expect(['2026-03-07', '2026/3/7 10:20', '7.3.26', '7/3/2026', '8/3/2026'].map((text) => readDay(text, reading))).toEqual(['2026-03-07', '2026-03-07', '2026-03-07', '2026-03-07', '2026-03-08'].map(ok))
    expect(['31/02/2026', '2026-13-01', '2026-13', '31.2.26', 'Tuesday'].map((text) => readDay(text, reading))).toEqual(Array.from({ length: 5 }, () => fail('not-a-day')))
    expect(readDay('3/7/2026', { order: 'mdy' })).toEqual(ok('2026-03-07'))
  })

  it('[EX24] numbers and days in the digits and signs of Arabic, Persian, Hindi and Chinese are what they are in Latin ones', () => {
    expect(['٣٬٠٠٠', '٣٠٠٠', '۳٬۰۰۰', '३०००', '３，０００', '٣،٠٠٠', '\u200f٣٠٠٠', '٣٠٠٠٫٠'].map((text) => readCount(text))).toEqual(Array.from({ length: 8 }, () => ok(3000)))
    expect(['١٫٥', '٠٫٠٤٥', '−٢', '١٬٢٣٤٫٥٠'].map((text) => readCount(text))).toEqual([1.5, 0.045, -2, 1234.5].map(ok))
    expect(['٣٫٠٠٠٫٠', '١٬٢٣', '½', '10²'].map((text) => readCount(text))).toEqual(['number-unclear', 'number-unclear', 'not-a-number', 'not-a-number'].map(fail))
    expect(['٣٣٫٥١٣', '-０．０１７', '٣٦'].map((text) => readCoordinate(text))).toEqual([33.513, -0.017, 36].map(ok))
    const reading = { order: 'dmy' as const, today: '2026-03-07' }
    const days = ['٢٠٢٦-٠٣-٠٧', '٧/٣/٢٠٢٦', '٧\u200f/٣\u200f/٢٠٢٦', '۷/۳/۲۶', '2026年3月7日', '２０２６年３月７日', '2026 年 3 月 7 日', '2026年3月7號 10:20', '2026年3月7日上午10:20', '2026／3／7']
    expect(days.map((text) => readDay(text, reading))).toEqual(days.map(() => ok('2026-03-07')))
    expect([readDay('2026年3月', reading), readDay('2026年13月1日', reading), readDay('١٤٤٥/٩/٢٩ هـ', reading), readDay('7/3/2569', reading), readDay('7 مارس 1445 هـ', reading)]).toEqual([ok('2026-03'), ...Array.from({ length: 4 }, () => fail('not-a-day'))])
    const table = readTable('الوصف,التاريخ,العدد\nانهار الجسر يوم الجمعة الماضي,٣/٢٥/٢٠٢٦,٣٬٠٠٠')
    expect(guessPlan(table, { kind: 'challenge', labelOf }).dayOrder).toBe('mdy')
  })

  it('[EX24] the name of a month is read in the six languages, and what could be a day without a year is none', () => {
    const reading = { order: 'mdy' as const, today: '2026-03-07' }
    const days = ['5 January 2024', 'January 5, 2024', 'Jan 5th 2024', '05-Jan-24', '5/Jan/2024', '2024-Jan-05', '5 Jan 2024, 10:20', 'le 5 janvier 2024', '5 janv. 2024', '5 de enero de 2024', '5-ene-2024', '5 января 2024 г.', '05 янв. 2024', '٥ يناير ٢٠٢٤', '5 كانون الثاني 2024', '5 جانفي 2024م']
    expect(days.map((text) => [text, readDay(text, reading)])).toEqual(days.map((text) => [text, ok('2024-01-05')]))
    expect(['1er février 2024', '3rd of August 2024', '9 декабря 2024', '١ تشرين الأول ٢٠٢٤', '2 août 2024', '31 أيار 2024'].map((text) => readDay(text, reading))).toEqual(['2024-02-01', '2024-08-03', '2024-12-09', '2024-10-01', '2024-08-02', '2024-05-31'].map(ok))
    expect(['March 2014', 'mars 2014', '2014 март', 'marzo de 2014', 'آذار 2014'].map((text) => readDay(text, reading))).toEqual(Array.from({ length: 5 }, () => ok('2014-03')))
    expect(['31 February 2024', '14-Mar', 'March', 'Marching 5 2024', 'March or April 2014', 'early March 2014', '5 6 March 2014', '123 May 2024', '5 May 2024 7'].map((text) => readDay(text, reading))).toEqual(Array.from({ length: 9 }, () => fail('not-a-day')))
    expect(['Mar-14', '7-Mar-98', '8-Mar-26', '7-Mar-26'].map((text) => readDay(text, reading))).toEqual([fail('year-unclear'), fail('year-unclear'), fail('year-unclear'), ok('2026-03-07')])
  })

  it('[EX42] a year of two digits is one of this century that has begun, or nobody’s guess', () => {
    expect(['7.3.26', '8.3.26', '7.3.98', '1/1/00'].map((text) => readDay(text, { order: 'dmy', today: '2026-03-07' }))).toEqual([ok('2026-03-07'), fail('year-unclear'), fail('year-unclear'), ok('2000-01-01')])
    expect(readDay('7.3.14', { order: 'dmy' })).toEqual(fail('year-unclear'))
    const csv = 'Problem,When\nThe bridge is gone since Friday.,7.3.98\nThe well is dry since Monday.,7.3.26'
    const plan = { kind: 'challenge' as const, columns: { description: 0, observedOn: 1 }, values: {}, dayOrder: 'dmy' as const, constants: { topic: 'MOB', severity: '3', country: 'GHA', placeName: 'Ho', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary' } }
    const table = importTable(csv, plan, '2026-04-01')
    expect(table?.refused).toEqual([{ row: 2, reason: 'year-unclear', field: 'observedOn' }])
    expect(table?.accepted.map(({ content }) => content.observedOn)).toEqual(['2026-03-07'])
    expect(table?.mapping).toBe(importTable(csv, plan, '2027-01-01')?.mapping)
  })

  it('[EX42] a month comes in as a month, with the day that stands for it named as filled in', () => {
    const read = (cells: string, columns: Readonly<Record<string, number>>, status = 'ongoing') => {
      const plan = { kind: 'action' as const, columns: { description: 0, ...columns }, values: {}, dayOrder: 'dmy' as const, constants: { topic: 'WSH', country: 'HTI', adm1Name: 'Ouest', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', actionType: 'education', status, orgType: '504', orgName: 'Red Cross' } }
      const [row] = importTable(`What,A,B\nThe pump was mended by neighbours.,${cells}`, plan)?.accepted ?? []
      return [row?.content.kind === 'action' && [row.content.observedOn, row.content.startOn, row.content.endOn, row.content.datePrecision], row?.assumed?.filter((field) => /On$|Precision/.test(field))]
    }
    expect(read('2014-03,', { startOn: 1 })).toEqual([['2014-03-01', '2014-03-01', undefined, 'month'], ['observedOn', 'startOn']])
    expect(read('2014-03-09,2014-03', { startOn: 1, endOn: 2 }, 'completed')).toEqual([['2014-03-09', '2014-03-09', '2014-03-31', undefined], ['observedOn', 'endOn']])
    expect(read('2014-01,2014-03', { observedOn: 2, endOn: 2, startOn: 1 }, 'completed')).toEqual([['2014-03-01', '2014-01-01', '2014-03-01', 'month'], ['observedOn', 'startOn', 'endOn']])
    const [header = [], tags = [], row = []] = csvRows(exportCsv('challenge', [exported(aChallenge())]))
    const [told] = importTable(csvText([header, tags, row.map((cell, index) => (tags[index] === '#date+occurred' ? '2026-02' : cell))]))?.accepted ?? []
    expect([told?.content, told?.assumed]).toMatchObject([{ observedOn: '2026-02-01', datePrecision: 'month' }, ['consentBasis', 'observedOn']])
  })

  it('[EX25] an XLSX file is read sheet by sheet, with days as days', async () => {
    const bytes = readFileSync(join(import.meta.dirname, 'fixtures', 'problems.xlsx'))
    const sheets = await sheetsOf(Uint8Array.from(bytes).buffer)
    expect(sheets?.map(({ name, rows }) => [name, rows])).toEqual([['Problems', 3]])
    const table = readTable(sheets?.[0]?.csv ?? '')
    const guessed = guessPlan(table, { kind: 'challenge', labelOf })
    expect(guessed.columns).toMatchObject({ country: 0, adm1Name: 1, description: 2, observedOn: 4 })
    const read = importRows(table, { ...guessed, constants: { ...guessed.constants, topic: 'OTH', severity: '3' } })
    expect(read?.accepted.map(({ content }) => [content.country, content.observedOn])).toEqual([['HTI', '2020-06-18'], ['HTI', '2020-06-19']])
    expect(await xlsxSheets(new TextEncoder().encode('PK\u0003\u0004 no workbook').buffer)).toBeNull()
  })

  it('[EX25] a number in a column of days that is no day costs its row, not the workbook', async () => {
    const parts = workbookParts('Days').map(({ path, text }) => [path, path === 'xl/styles.xml' ? text.replace('<xf fontId="2" applyFont="1"/>', '<xf numFmtId="14" applyNumberFormat="1"/>') : text] as const)
    const rows = [45_000, 50_937_123_456, 20_260_315].map((number, index) => `<row r="${index + 1}"><c r="A${index + 1}" s="2"><v>${number}</v></c></row>`)
    const [sheet] = (await sheetsOf(await zipped([...parts, [sheetPath, `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`]]))) ?? []
    expect(sheet?.csv).toBe('2023-03-15\r\n########\r\n########\r\n')
  })

  it('[EX631] a day that a workbook holds as text in no zone is that day wherever it is read', async () => {
    const days = ['2026-02-03', '2026-02-03T00:00:00', '2026-02-03T00:00:00.000', '2026-02-03T23:59:00', '2026-02-03T12:00:00Z']
    const rows = days.map((day, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="d">${index === 2 ? '<f>TODAY()</f>' : ''}<v>${day}</v></c></row>`)
    const [sheet] = (await sheetsOf(await zipped([...workbookParts('Days').map(({ path, text }) => [path, text] as const), [sheetPath, `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`]]))) ?? []
    expect(sheet?.csv).toBe('2026-02-03\r\n'.repeat(5))
  })

  it('[EX770] what one cell lacks refuses no workbook: it comes as the text that stands in it, and a sheet that is a chart has no rows', async () => {
    const text = (at: string, words: string) => `<c${at === '' ? '' : ` r="${at}"`} t="inlineStr"><is><t>${words}</t></is></c>`
    const csvOf = async (rows: string, change: (path: string, xml: string) => string = (_path, xml) => xml) => {
      const parts = workbookParts('Odd').map(({ path, text: xml }) => [path, change(path, xml)] as const)
      return (await sheetsOf(await zipped([...parts, [sheetPath, `<worksheet><sheetData>${rows}</sheetData></worksheet>`]])))?.map(({ csv }) => csv)
    }
    expect(await csvOf(`<row r="1">${text('A1', 'a')}<c r="B1" s="99"><v>4</v></c></row>`)).toEqual(['a,4\r\n'])
    expect(await csvOf(`<row r="1">${text('A1', 'a')}<c r="B1" s="1"><v>NaN</v></c><c r="C1" t="b"><v>true</v></c><c r="D1" t="d"><v>soon</v></c></row>`)).toEqual(['a,NaN,true,soon\r\n'])
    expect(await csvOf(`<row>${text('', 'a')}${text('', 'b')}</row><row><c><v>7</v></c></row>`)).toEqual(['a,b\r\n7,\r\n'])
    expect(await csvOf(`<row r="2">${text('B2', 'b')}${text('A2', 'a')}</row>`)).toEqual([',\r\na,b\r\n'])
    expect(await csvOf(`<row r="1">${text('A1', '&#128512; &#x1F4A7; &#233;')}${text('B1', '<![CDATA[1 < 2 & 3]]>')}</row>`)).toEqual(['😀 💧 é,1 < 2 & 3\r\n'])
    const withChart = (path: string, xml: string) => (path === 'xl/workbook.xml' ? xml.replace('</sheets>', '<sheet name="Chart" sheetId="2" r:id="rId9"/></sheets>') : path.endsWith('workbook.xml.rels') ? xml.replace('</Relationships>', '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>') : xml)
    expect(await csvOf(`<row r="1">${text('A1', 'a')}</row>`, withChart)).toEqual(['a\r\n'])
  })

  it('[EX771] words of cells that were made one stand in each of their rows, numbers in the first alone', async () => {
    const text = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`
    const rows = `<row r="1">${text('A1', 'Org')}${text('B1', 'Place')}${text('C1', 'People')}</row><row r="2">${text('A2', 'Red Cross')}${text('B2', 'Jacmel')}<c r="C2"><v>90</v></c></row><row r="3"><c r="A3" s="1"/>${text('B3', 'Leogane')}</row><row r="4">${text('B4', 'Gressier')}</row><row r="5">${text('A5', 'Other')}${text('B5', 'Petit-Goave')}</row>`
    const merged = '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="C2:C4"/></mergeCells>'
    const [sheet] = (await sheetsOf(await zipped([...workbookParts('Merged').map(({ path, text: xml }) => [path, xml] as const), [sheetPath, `<worksheet><sheetData>${rows}</sheetData>${merged}</worksheet>`]]))) ?? []
    expect(sheet?.csv).toBe('Org,Place,People\r\nRed Cross,Jacmel,90\r\nRed Cross,Leogane,\r\nRed Cross,Gressier,\r\nOther,Petit-Goave,\r\n')
  })

  it('[EX114] a workbook of one word in its last corner is told to be too large, and not read', async () => {
    const sheetWith = (cells: string) => zipped([...workbookParts('Far').map(({ path, text }) => [path, text] as const), [sheetPath, `<worksheet><sheetData>${cells}</sheetData></worksheet>`]])
    const cell = (at: string) => `<c r="${at}" t="inlineStr"><is><t>x</t></is></c>`
    expect(await xlsxSheets(await sheetWith(`<row r="1">${cell('A1')}</row><row r="1048576">${cell('XFD1048576')}</row>`))).toBe('too-large')
    expect(await xlsxSheets(await sheetWith(`<row r="1">${cell('A1')}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>`))).toMatchObject([{ rows: 1 }])
    const archive = await sheetWith(`<row r="1">${cell('A1')}</row>`)
    const directory = new Uint8Array(archive)
    // The size that the directory tells of the last part: more than any text may have.
    new DataView(archive).setUint32(Buffer.from(directory).lastIndexOf(Uint8Array.from([0x50, 0x4b, 1, 2])) + 24, 900_000_000, true)
    expect(await xlsxSheets(archive)).toBe('too-large')
    expect(await xlsxSheets(await sheetWith(`<row r="1">${cell('XFD1')}</row><row r="2">${cell('A2')}</row>`))).toMatchObject([{ rows: 2 }])
  })

  it('[EX26] a property is a column whatever its name is, and nothing that every object has stands in it', () => {
    const features = '{"type":"Feature","geometry":null,"properties":{"constructor":"Obras del Sur","toString":"t","__proto__":"p"}},{"type":"Feature","geometry":null,"properties":{"country":"HTI"}}'
    expect(csvRows(geojsonCsv(`{"type":"FeatureCollection","features":[${features}]}`) ?? '')).toEqual([
      ['constructor', 'toString', '__proto__', 'country', 'latitude', 'longitude'], ['Obras del Sur', 't', 'p', '', '', ''], ['', '', '', 'HTI', '', ''],
    ])
  })

  it('[EX114] a map whose features name their properties each otherwise is told to be too large', () => {
    const features = Array.from({ length: 5000 }, (_, index) => ({ type: 'Feature', geometry: null, properties: { [`p${index}`]: 1 } }))
    expect(() => geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features }))).toThrow(TooManyCells)
  })

  it('[EX24] what a workbook or a map holds as a number is no group of thousands, whatever its text looks like', () => {
    expect([3.125, -120.5, 3000, 0.5].map(numberText)).toEqual(['3.1250', -120.5, 3000, 0.5])
    expect([readCount(String(numberText(3.125))), readAmount(String(numberText(3.125))), readCoordinate(String(numberText(18.542)))]).toEqual([ok(3.125), ok(3.125), ok(18.542)])
    const csv = geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: null, properties: { people: 3.125, houses: 3000 } }] })) ?? ''
    expect(readTable(csv).rows[0]?.cells.slice(0, 2)).toEqual(['3.1250', '3000'])
  })

  it('[EX26] features of GeoJSON become rows: longitude first, points only, lists in one cell', () => {
    const feature = (geometry: unknown, properties: unknown) => ({ type: 'Feature', geometry, properties })
    const csv = geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features: [
      feature({ type: 'Point', coordinates: [-72.3, 18.5, 40] }, { country: 'HTI', description: 'The bridge is gone, said "everybody".', tags: ['a', 'b'] }),
      feature({ type: 'LineString', coordinates: [[0, 0], [1, 1]] }, { country: 'HTI', extra: { deep: true } }), feature(null, null),
    ] }))
    const table = readTable(csv ?? '')
    expect(table.headers).toEqual(['country', 'description', 'tags', 'extra', 'latitude', 'longitude'])
    expect(table.rows[0]?.cells).toEqual(['HTI', 'The bridge is gone, said "everybody".', 'a; b', '', '18.5', '-72.3'])
    expect(table.rows[1]?.cells).toEqual(['HTI', '', '', '{"deep":true}', '', ''])
    const said = readTable(geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features: [
      feature(null, { latitude: 18.5, longitude: '-72,3' }), feature({ type: 'Point', coordinates: [-72.4, 18.6] }, { latitude: 1, longitude: 2 }), feature({ type: 'Polygon', coordinates: [] }, { latitude: null, name: 'Ouest' }),
    ] })) ?? '')
    expect(said.headers).toEqual(['name', 'latitude', 'longitude'])
    expect(said.rows.map(({ cells }) => cells.map(asWritten))).toEqual([['', '18.5', '-72,3'], ['', '18.6', '-72.4'], ['Ouest', '', '']])
    expect([geojsonCsv('hello'), geojsonCsv('{"type":"Feature"}')]).toEqual([null, null])
  })
})
