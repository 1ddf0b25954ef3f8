import { describe, expect, it } from 'vitest'
import { findPersonalData } from '#domain/personal-data.ts'

const found = (text: string) => findPersonalData(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)

const telling: readonly (readonly [string, string])[] = [
  ['Write to marie.b@example.org for more', 'email: marie.b@example.org'],
  ['Call +509 3705-1234 in the morning', 'phone: +509 3705-1234'],
  ['appelez le 01 23 45 67 89', 'phone: 01 23 45 67 89'],
  ['اتصلوا على ٠١٢٣٤٥٦٧٨٩ صباحا', 'phone: ٠١٢٣٤٥٦٧٨٩'],
  ['her name is on @awa_2020 there', 'handle: @awa_2020'],
  ['we met Mrs Baptiste at the well', 'honorific: Mrs Baptiste'],
  ['avec Mme Dupont à l’école', 'honorific: Mme Dupont'],
  ['قال السيد محمد إن المدرسة مغلقة', 'honorific: السيد محمد'],
  ['the mother, Marie Baptiste, told us', 'twoNames: Marie Baptiste'],
  ['учитель Иван Петров сказал', 'twoNames: Иван Петров'],
  ['they live at 12 rue de la paix', 'houseNumber: 12 rue d'],
  ['in house 14 near the market', 'houseNumber: house 14'],
]
const innocent = [
  'The teacher sends the lessons by phone. We have one phone for four children.', 'On 2020-04-17 about 1 200 families came, 250 000 in all.', 'From 17.04.2020 to 20.04.2020 the market was closed.',
  'Schools closed. Teachers wait. Parents worry.', 'المدارس مغلقة منذ شهر أبريل', '学校已经关闭了三个月', 'In Haiti the schools are closed', 'Haiti Ouest', 'between 5 and 17 years, 3 of 4 children',
]

const ranges = [
  '1 200 000 people were displaced', '2 500 000 habitants', '10000000 leaflets', 'classes of 100 200 300 400', '1000-1500-2000 each week', 'حوالي ١ ٢٠٠ ٠٠٠ شخص', 'in 2015-2016-2017', '1.250.000 niños',
  'About 1500-2000 ppl came', '1 500-2 000 personnes sont parties', 'між 1200-1500 семей', 'حوالي ١٥٠٠-٢٠٠٠ شخص', '约1500-2000人', 'between 10000-15000 households', 'in the years 2015-2019', '500/1000 families',
]
/** Written like a range, and numbers to call. */
const phones: readonly (readonly [string, string])[] = [
  ['call 800 100 200', 'phone: 800 100 200'],
  ['tel. 70 120 000', 'phone: 70 120 000'],
  ['612 345 678 at noon', 'phone: 612 345 678'],
  ['70 123 456', 'phone: 70 123 456'],
  ['+1 200 000', 'phone: +1 200 000'],
  ['1000-2000-1500', 'phone: 1000-2000-1500'],
  ['Haiti: 3705-1234', 'phone: 3705-1234'],
  ['3705-1250, ask there', 'phone: 3705-1250'],
  ['4500-3700 is the office', 'phone: 4500-3700'],
  ['call us on 1500-2000', 'phone: 1500-2000'],
  ['电话 1500-2000', 'phone: 1500-2000'],
  ['0150-2000 in the evening', 'phone: 0150-2000'],
  ['٠١٥٠-٢٠٠٠ مساء', 'phone: ٠١٥٠-٢٠٠٠'],
  ['+1500-2000-00', 'phone: +1500-2000-00'],
  ['555-1234', 'phone: 555-1234'],
]

describe('words that may name a person', () => {
  it.each(telling)('[DO23] "%s" is seen', (text, finding) => {
    expect(found(text)).toContain(finding)
  })

  it.each(innocent)('[DO23] "%s" warns of nobody', (text) => {
    expect(found(text)).toEqual([])
  })

  it.each(ranges)('[DO23] "%s" is a range of numbers and no phone', (text) => {
    expect(found(text)).toEqual([])
  })

  it.each(phones)('[DO23] "%s" is a phone, although it could be taken for a range', (text, finding) => {
    expect(found(text)).toContain(finding)
  })

  it('[DO23] a sentence may begin with a capital, and the names behind it are still seen', () => {
    expect(found('Yesterday Marie Baptiste came. Then Paul left.')).toEqual(['twoNames: Marie Baptiste'])
  })

  it('[DO23] findings do not overlap, stand in the order of the text, and long texts take no time', () => {
    const text = `${'Mrs Baptiste 0123456789 @someone a@b.org '.repeat(50)}${'1 '.repeat(900)}${'Aa '.repeat(600)}`
    const findings = findPersonalData(text)
    for (const [index, { start }] of findings.entries()) expect(start).toBeGreaterThanOrEqual(findings[index - 1]?.end ?? 0)
  })

  it('[DO23] names behind a thousand empty lines are looked for once, not once for each line and name', () => {
    const text = `${'\n'.repeat(1000)}${'Aa Bb '.repeat(166)}`
    const began = performance.now()
    for (let turn = 0; turn < 20; turn += 1) findPersonalData(text)
    expect(findPersonalData(text)).toHaveLength(165)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
