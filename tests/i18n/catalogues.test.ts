import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import * as lists from '#domain/codes/code-lists.ts'
import { fieldSchemas } from '#domain/entry.ts'
import { refusalReasons } from '#exchange/mapping.ts'
import { clockWords } from '#i18n/clock.ts'
import { directionOf } from '#i18n/direction.ts'
import { createFormat } from '#i18n/format.ts'
import { labelOf } from '#i18n/labels.ts'
import { loadDesk, loadLanguage, loadScreens } from '#i18n/load.ts'
import { loadExports } from '#i18n/load-exports.ts'
import { loadWriting } from '#i18n/load-writing.ts'
import { locales, ownNames, pickLocale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import { problemStatus, quarantineReasons } from '#protocol/problem.ts'
import { pushStatuses } from '#protocol/sync.ts'

const catalogues = await Promise.all(locales.map(async (locale) => {
  const language = await loadLanguage(locale)
  const [screens, desk, report, exports] = await Promise.all([loadScreens(language), loadDesk(language), loadWriting(locale), loadExports(locale)])
  return { locale, messages: { ...language.messages, ...screens.messages, ...desk.messages, ...report, ...exports } as Readonly<Record<string, string>>, labels: screens.labels }
}))
const [english] = catalogues

describe('catalogues', () => {
  it.each(catalogues)('[IN1] $locale has the keys of English', ({ messages }) => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english?.messages ?? {}).sort())
    expect(Object.values(messages).filter((message) => message.trim() === '')).toEqual([])
  })

  it('[IN9] what is said of a Latin name only stays in Latin letters, and no message was left in English', () => {
    const foreign = catalogues.filter(({ locale }) => ['ar', 'ru', 'zh'].includes(locale))
    const left = foreign.flatMap(({ locale, messages }) => Object.entries(messages).filter(([key, message]) => !/[\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Han}]/u.test(message) && message === english?.messages[key]).map(([key]) => `${locale} ${key}`))
    // A proper name, and a pair that has only values.
    expect(left.filter((key) => !/ (?:app\.name|entry\.by)$/.test(key))).toEqual([])
  })

  // A word is found between letters as well: Arabic writes "the", "and" and "in" onto it.
  it.each([
    { locale: 'fr', of: /\bentr(?:y|ies)\b/i, never: /entrées?\b|\bsaisies?\b/i },
    { locale: 'es', of: /./, never: /\bentradas?\b|\bproyectos?\b|\bdesafíos?\b/i },
    { locale: 'es', of: /\bentr(?:y|ies)\b(?!.*\blog\b)/i, never: /\bregistros?\b/i },
    { locale: 'ar', of: /\bentr(?:y|ies)\b(?!.*\b(?:log|history)\b)/i, never: /(?<![\u0621-\u064a])(?:[وفبل]|ال|لل|وال|بال|ولل)?سجل(?:ات|ان|ين)?(?![\u0621-\u064a])/ },
    { locale: 'ru', of: /./, never: /отч[её]т/i },
    { locale: 'zh', of: /./, never: /条目|您/ },
    { locale: 'zh', of: /\bcampaign/i, never: /活动/ },
    { locale: 'ru', of: /\b(?:new|this|an) entry\b(?!.*\breport)/i, never: /доклад/i },
    { locale: 'ru', of: /\bapprove/i, never: /утвер/i },
    { locale: 'zh', of: /\bapprove/i, never: /通过/ },
    { locale: 'zh', of: /\beras(?:e|ed|ing|ure)(?!.*\byours?)/i, never: /抹去|删除/ },
    { locale: 'ar', of: /\bactions?\b/i, never: /أعمال/ },
    { locale: 'ar', of: /\bvoice notes?\b/i, never: /ملاحظ\S*\s\S*صوتي/ },
    { locale: 'fr', of: /\btake back an entry\b|\bwithdraw/i, never: /\breprend/i },
    // A file that is handed over is under way; one that is delivered has come to the server.
    { locale: 'fr', of: /\bhand\w*\b.*\bover\b|\bdelivered\b/i, never: /\bremett|\bremis/i },
    { locale: 'es', of: /\bdelivered\b/i, never: /entregad/i },
    { locale: 'ar', of: /\bdelivered\b/i, never: /سُلّم/ },
  ])('[IN22] $locale has one word for one thing: never $never where English says $of', ({ locale, of, never }) => {
    const messages = catalogues.find((one) => one.locale === locale)?.messages ?? {}
    const other = Object.entries(messages).filter(([key, message]) => of.test(english?.messages[key] ?? '') && never.test(message))
    expect(other).toEqual([])
  })

  it('[IN790] an act has one word on phone, desk, log and report, and no Arabic state is taken for the agreement of people', () => {
    const [arabic, chinese] = (['ar', 'zh'] as const).map((wanted) => catalogues.find(({ locale }) => locale === wanted))
    const approving = Object.entries(arabic?.messages ?? {}).filter(([key]) => /\bapprov/i.test(english?.messages[key] ?? '') && !/agree|consent/i.test(english?.messages[key] ?? ''))
    expect(approving.filter(([, message]) => /وافق|موافق/.test(message))).toEqual([])
    expect(arabic?.labels.reviewState.approved).toBe('معتمد')
    expect(Object.values(arabic?.messages ?? {}).filter((message) => message.includes('\u0627\u064b'))).toEqual([])
    expect([chinese?.messages['audit.verdict.askBack'], chinese?.messages['history.askBack']]).toEqual(['已追问', '已追问'])
  })

  it('[IN890] no Russian sentence ends its date with two full stops, and the report writes the Arabic -an with its sign as every other page does', () => {
    const of = (locale: string) => Object.entries(catalogues.find((one) => one.locale === locale)?.messages ?? {})
    // “30 ноября 2026 г.” has one of its own.
    expect(of('ru').filter(([key, message]) => /\{(?:day|from|to|until)\}\./.test(message) || (/\{date\}\./.test(message) && key !== 'alarm.lookedBy'))).toEqual([])
    const bare = /(?<![\u0621-\u0652])(?:شيئا|أيضا|عددا|أولا|يوما|واحدا|بلاغا|مبلغا|مدخلا|كاتبا|شخصا|تحديا|متطوعا|معتمدا|محسوبا|دائما|أبدا|تقريبا|ثانيا|أسبوعا|موجودا)(?![\u0621-\u0652])/
    expect(of('ar').filter(([, message]) => bare.test(message))).toEqual([])
  })

  it('[IN791] English days, hours and lists are British, as its words are', () => {
    const en = createFormat('en', 'UTC')
    expect([en.day('2026-11-30'), en.moment('2026-11-30T14:05:00Z'), en.time('2026-11-30T01:45:00Z'), en.list(['a', 'b', 'c'])]).toEqual(['30 November 2026', '30 November at 14:05', '01:45', 'a, b and c'])
    expect(locales.map((locale) => createFormat(locale).bytes(0))).toEqual(['0 bytes', '0\u00a0octet', '0 bytes', '0 بايت', '0 байт', '0字节'])
  })

  it('[IN22] the report asks the three questions as the vocabulary has them', () => {
    expect(catalogues.map(({ messages }) => messages['report.question.3'])).toEqual([
      'What concrete consequences of the crisis should be taken into account to define future priorities?',
      'Quelles conséquences concrètes de la crise doit-on prendre en compte pour définir les futures priorités\u00a0?',
      '¿Qué consecuencias concretas de la crisis deben tenerse en cuenta para definir las futuras prioridades?',
      'ما هي العواقب الملموسة للأزمة التي ينبغي مراعاتها لتحديد الأولويات المستقبلية؟',
      'Какие конкретные последствия кризиса следует учитывать при определении будущих приоритетов?',
      '在确定未来优先事项时，应考虑危机的哪些具体后果？',
    ])
  })

  it.each(catalogues)('[IN22] $locale calls how sensitive an entry is alike in files, at the entry and in the queue', ({ messages, labels }) => {
    expect([messages['queue.facet.sensitivity'], messages['sensitivity.title']?.split(/\s*[:：]/, 1)[0]]).toEqual([labels.field.sensitivity, labels.field.sensitivity])
  })

  it.each(catalogues)('[IN2] $locale takes the values of English in every message', ({ messages }) => {
    const differing = Object.entries(messages).filter(([key, message]) => valuesOf(message).join() !== valuesOf(english?.messages[key] ?? '').join())
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it.each(catalogues)('[IN3] every plural in $locale has the forms that its numbers ask for', ({ locale, messages }) => {
    const rules = new Intl.PluralRules(locale)
    // Up to a thousand: French and Spanish have a form of their own for whole millions only. Nought may have words of its own.
    const wanted = new Set(['other', ...Array.from({ length: 1000 }, (_, before) => rules.select(before + 1))])
    const short = Object.entries(messages).flatMap(([key, message]) => pluralsIn(parse(message, { ignoreTag: true })).filter((forms) => [...wanted].some((form) => !forms.includes(form))).map(() => key))
    expect(short).toEqual([])
  })

  it('[IN3] a count is said in Russian as Russians say it', async () => {
    const { messages } = await loadLanguage('ru')
    const say = createTranslator('ru', messages)
    expect([1, 2, 5, 11, 21, 22, 25].map((count) => say('count.entries', { count }).split(' ').slice(0, 2).join(' '))).toEqual(['1 запись', '2 записи', '5 записей', '11 записей', '21 запись', '22 записи', '25 записей'])
  })

  it('[IN3] a translator says the form that the number asks for', () => {
    const forms = { n: '{n, plural, zero {z} one {o} two {t} few {f} many {m} other {x}}' }
    const say = createTranslator('ar', forms)
    expect([0, 1, 2, 3, 11, 100].map((n) => say('n', { n }))).toEqual(['z', 'o', 't', 'f', 'm', 'x'])
  })

  it.each(catalogues)('[IN4] $locale has a label for every code and every field', ({ labels }) => {
    const codes: Readonly<Record<string, readonly (string | number)[]>> = {
      topic: lists.topics, severity: lists.severities, severityAnchor: lists.severities, trend: lists.trends, populationGroup: lists.populationGroups, focusGroup: lists.focusGroups, ageBand: lists.ageBands, sex: lists.sexes,
      estimateMethod: lists.estimateMethods, sourceType: lists.sourceTypes, sourceReliability: lists.sourceReliabilities, infoCredibility: lists.infoCredibilities, sensitivity: lists.sensitivities, actionStatus: lists.actionStatuses,
      actionType: lists.actionTypes, orgType: lists.orgTypes, need: lists.needs, cause: lists.causes, consequence: lists.consequences, coping: lists.copings, resourceSource: lists.resourceSources, crisisNovelty: lists.crisisNovelties,
      horizon: lists.horizons, sdg: lists.sdgs, sectorIasc: lists.sectorsIasc, sectorIascAor: lists.sectorsIascAor, unescoProgramme: lists.unescoProgrammes, setting: lists.settings, consentBasis: lists.consentBases,
      datePrecision: lists.datePrecisions, since: lists.sinces, unit: lists.units, barrier: lists.barriers, responseSeen: lists.responsesSeen, independentSources: lists.independentSources, quoteRole: lists.quoteRoles,
      modality: lists.modalities, reachedFrequency: lists.reachedFrequencies, works: lists.worksValues, addressee: lists.addressees, coverage: lists.coverages, field: Object.keys(fieldSchemas),
    }
    for (const [list, all] of Object.entries(codes)) for (const code of all) expect((labels as Readonly<Record<string, Readonly<Record<string, string>>>>)[list]?.[String(code)], `${list} ${code}`).toBeTruthy()
    expect(labelOf(labels, 'topic', 'NEW')).toBe('NEW')
  })

  it.each(catalogues)('[IN7] $locale has words for every problem, every refused row and every step kept apart', ({ messages }) => {
    const statuses = pushStatuses.filter((status) => status !== 'stored' && status !== 'duplicate')
    const keys = [...Object.keys(problemStatus).map((code) => `problem.${code}`), ...[...refusalReasons, ...quarantineReasons, ...statuses].map((reason) => `refused.${reason}`)]
    expect(keys.filter((key) => messages[key] === undefined)).toEqual([])
  })

  it('[IN7] no message begs, blames or shouts', () => {
    const found = catalogues.flatMap(({ messages }) => Object.entries(messages)).filter(([, message]) => /!|\boops\b|\bplease\b|s’il vous plaît|veuillez|por favor|пожалуйста|из-за вас|من فضلك|يرجى|الرجاء|！|¡|(?<![邀申])请(?!求)/i.test(message))
    expect(found).toEqual([])
  })

  it('[IN8] labels of the vocabulary stand as they are, and ours say what the English says', () => {
    const said = (say: (labels: (typeof catalogues)[number]['labels']) => string) => catalogues.map(({ labels }) => say(labels))
    expect(said(({ topic }) => topic.WSH)).toEqual(['Water, sanitation and hygiene', 'Eau, assainissement et hygiène', 'Agua, saneamiento e higiene', 'المياه والصرف الصحي والنظافة', 'Вода, санитария и гигиена', '水与卫生'])
    expect(said(({ severity }) => severity['5'])).toEqual(['Catastrophic', 'Catastrophique', 'Catastrófica', 'كارثية', 'Катастрофическая', '灾难性'])
    expect(said(({ cause }) => cause.policy)).toEqual(['Exclusion from public support', 'Exclusion des aides publiques', 'Exclusión de las ayudas públicas', 'استبعاد من الدعم العام', 'Исключение из государственной помощи', '得不到公共援助'])
    expect(said(({ coping }) => coping.risk)).toEqual(['Dangerous or degrading work', 'Accepter un travail dangereux ou dégradant', 'Trabajo peligroso o degradante', 'القبول بعمل خطر أو مهين', 'Опасная или унизительная работа', '危险或屈辱的工作'])
    expect(said((labels) => labels.field.sourceType)).toEqual(['How do you know?', 'Comment le savez-vous\u00a0?', '¿Cómo lo sabe?', 'كيف عرفت؟', 'Откуда вы знаете?', '你怎么知道的？'])
  })

  it.each(catalogues)('[IN8] two codes of one list never read the same in $locale', ({ labels }) => {
    // The phone asks "people or households?" of two fields, so field questions may repeat.
    const doubled = Object.entries(labels).filter(([list]) => list !== 'field').filter(([, codes]) => new Set(Object.values(codes)).size !== Object.keys(codes).length)
    expect(doubled.map(([list]) => list)).toEqual([])
  })

  it('[IN24] in French no line begins with a mark of two parts, and none ends with an opening quotation mark', () => {
    const french = catalogues.find(({ locale }) => locale === 'fr')
    const said = [...Object.values(french?.messages ?? {}), ...Object.values(french?.labels ?? {}).flatMap((codes) => Object.values(codes))]
    expect(said.filter((text) => /\S [?!:;»]|« /.test(text))).toEqual([])
    expect(said.filter((text) => /\S\u00a0\?/.test(text)).length).toBeGreaterThan(50)
  })

  it('[IN640] in French no value of the phone that can begin with a vowel stands behind a word that would lose its own', async () => {
    const { messages } = await loadScreens(await loadLanguage('fr'))
    const hard = Object.entries({ ...(await loadLanguage('fr')).messages, ...messages }).filter(([, text]) => /\b(?:d|qu|jusqu|l)[ea] \{(?:name|place|campaign|month|start|end|what|field)\b/i.test(text))
    expect(hard.map(([key]) => key)).toEqual([])
  })

  it('[IN25] in Arabic a number keeps its unit behind a Latin name, which would pull it to its own side', () => {
    const arabic = catalogues.find(({ locale }) => locale === 'ar')
    const pulled = Object.entries(arabic?.messages ?? {}).filter(([, text]) => /(?:[A-Za-z]|\{(?:name|file|campaign)\}) \(?\{(?:size|count|number)\b/.test(text))
    expect(pulled.map(([key]) => key)).toEqual([])
  })

  it('[IN5] only Arabic runs right to left, and an incomplete language gives way to the next', () => {
    expect(locales.filter((locale) => directionOf(locale) === 'rtl')).toEqual(['ar'])
    expect([pickLocale(['uk-UA', 'fr-CA']), pickLocale(['ar-LB']), pickLocale(['fr_CA.UTF-8']), pickLocale(['xx']), pickLocale([])]).toEqual(['fr', 'ar', 'fr', 'en', 'en'])
    expect([pickLocale(['ru-RU', 'fr-CA']), pickLocale(['es-419']), pickLocale(['zh-Hans-CN']), pickLocale(['zh_TW.UTF-8'])]).toEqual(['ru', 'es', 'zh', 'zh'])
  })

  it('[IN9] each language is named in itself', () => {
    expect(locales.map((locale) => ownNames[locale])).toEqual(['English', 'Français', 'Español', 'العربية', 'Русский', '中文'])
    for (const locale of locales) expect(ownNames[locale].toLowerCase()).toBe(createFormat(locale).language(locale).toLowerCase())
  })

  it('[IN6] a length of time is written in the digits of the language, never beyond what there is', () => {
    expect(locales.map((locale) => [0, 7.9, 60, 125].map((seconds) => clockWords(locale, seconds)))).toEqual(locales.map(() => ['0:00', '0:07', '1:00', '2:05']))
    expect(clockWords('en', -3)).toBe('0:00')
  })

  it('[IN6] numbers, days, sizes and names follow the language, and a day stays the same day', () => {
    const [en, fr, ar] = [createFormat('en', 'Pacific/Kiritimati'), createFormat('fr', 'Pacific/Pago_Pago'), createFormat('ar')]
    expect([en.day('2026-03-01'), fr.day('2026-03-01')]).toEqual(['1 March 2026', '1er mars 2026'])
    expect([fr.day('2026-03-11'), fr.day('2026-03-21'), fr.moment('2026-03-01T23:01:00Z')]).toEqual(['11 mars 2026', '21 mars 2026', '1er mars à 12:01'])
    expect([en.country('HTI'), fr.country('HTI'), ar.country('HTI'), en.country('XYZ')]).toEqual(['Haiti', 'Haïti', 'هايتي', 'XYZ'])
    expect([fr.number(1234.5), en.bytes(2_400_000), en.language('ht'), en.language('not a tag')]).toEqual(['1\u202f234,5', '2.4 MB', 'Haitian Creole', 'not a tag'])
    const [es, ru, zh] = [createFormat('es'), createFormat('ru'), createFormat('zh')]
    expect([es.day('2026-03-01'), ru.day('2026-03-01'), zh.day('2026-03-01')]).toEqual(['1 de marzo de 2026', '1 марта 2026 г.', '2026年3月1日'])
    expect([es.country('HTI'), ru.country('HTI'), zh.country('HTI')]).toEqual(['Haití', 'Гаити', '海地'])
    expect([es.number(12_345.5), ru.number(12_345.5), zh.number(12_345.5)]).toEqual(['12.345,5', '12\u00a0345,5', '12,345.5'])
    expect([en, ar, ru, zh].map((format) => format.commas(['A', 'B']))).toEqual(['A, B', 'A، B', 'A, B', 'A，B'])
    expect([en.ago('2026-03-01T06:00:00Z', Date.UTC(2026, 2, 1, 8)), en.ago('2026-03-01T08:00:00Z', Date.UTC(2026, 2, 1, 8))]).toEqual(['2 hours ago', 'now'])
  })
})

function valuesOf(message: string): readonly string[] {
  return [...new Set(namesIn(parse(message, { ignoreTag: true })))].sort()
}

function namesIn(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) return []
    const inner = element.type === TYPE.plural || element.type === TYPE.select ? Object.values(element.options).flatMap(({ value }) => namesIn(value)) : []
    return [element.value, ...inner]
  })
}

function pluralsIn(elements: readonly MessageFormatElement[]): readonly (readonly string[])[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const inner = Object.values(element.options).flatMap(({ value }) => pluralsIn(value))
    return element.type === TYPE.plural ? [Object.keys(element.options), ...inner] : inner
  })
}
