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
import { loadDeskMessages, loadLanguage, loadScreenMessages } from '#i18n/load.ts'
import { locales, pickLocale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import { problemStatus, quarantineReasons } from '#protocol/problem.ts'
import { pushStatuses } from '#protocol/sync.ts'

const catalogues = await Promise.all(locales.map(async (locale) => {
  const { messages, labels } = await loadLanguage(locale)
  return { locale, messages: { ...messages, ...(await loadScreenMessages(locale)), ...(await loadDeskMessages(locale)) } as Readonly<Record<string, string>>, labels }
}))
const [english] = catalogues

describe('catalogues', () => {
  it.each(catalogues)('[IN1] $locale has the keys of English', ({ messages }) => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english?.messages ?? {}).sort())
    expect(Object.values(messages).filter((message) => message.trim() === '')).toEqual([])
  })

  it.each(catalogues)('[IN2] $locale takes the values of English in every message', ({ messages }) => {
    const differing = Object.entries(messages).filter(([key, message]) => valuesOf(message).join() !== valuesOf(english?.messages[key] ?? '').join())
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('[IN3] every plural in Arabic has its five forms of counted things', () => {
    const short = Object.entries(catalogues.find(({ locale }) => locale === 'ar')?.messages ?? {}).flatMap(([key, message]) =>
      pluralsIn(parse(message, { ignoreTag: true })).filter((forms) => ['one', 'two', 'few', 'many', 'other'].some((form) => !forms.includes(form))).map(() => key))
    expect(short).toEqual([])
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
    const found = catalogues.flatMap(({ messages }) => Object.entries(messages)).filter(([, message]) => /!|\boops\b|\bplease\b|s’il vous plaît|veuillez|من فضلك|يرجى|الرجاء/i.test(message))
    expect(found).toEqual([])
  })

  it('[IN8] labels of the vocabulary stand as they are, and ours say what the English says', () => {
    const [en, fr, ar] = catalogues.map(({ labels }) => labels)
    expect([en?.topic.WSH, fr?.topic.WSH, ar?.topic.WSH]).toEqual(['Water, sanitation and hygiene', 'Eau, assainissement et hygiène', 'المياه والصرف الصحي والنظافة'])
    expect([en?.severity['5'], fr?.severity['5'], ar?.severity['5']]).toEqual(['Catastrophic', 'Catastrophique', 'كارثية'])
    expect([en?.cause.policy, fr?.cause.policy, ar?.cause.policy]).toEqual(['Exclusion from public support', 'Exclusion des aides publiques', 'استبعاد من الدعم العام'])
    expect([en?.coping.risk, fr?.coping.risk, ar?.coping.risk]).toEqual(['Dangerous or degrading work', 'Accepter un travail dangereux ou dégradant', 'القبول بعمل خطر أو مهين'])
  })

  it.each(catalogues)('[IN8] two codes of one list never read the same in $locale', ({ labels }) => {
    // The phone asks "people or households?" of two fields, so field questions may repeat.
    const doubled = Object.entries(labels).filter(([list]) => list !== 'field').filter(([, codes]) => new Set(Object.values(codes)).size !== Object.keys(codes).length)
    expect(doubled.map(([list]) => list)).toEqual([])
  })

  it('[IN5] only Arabic runs right to left, and an incomplete language gives way to the next', () => {
    expect(locales.map(directionOf)).toEqual(['ltr', 'ltr', 'rtl'])
    expect([pickLocale(['ru-RU', 'fr-CA']), pickLocale(['ar-LB']), pickLocale(['fr_CA.UTF-8']), pickLocale(['xx']), pickLocale([])]).toEqual(['fr', 'ar', 'fr', 'en', 'en'])
  })

  it('[IN6] a length of time is written in the digits of the language, never beyond what there is', () => {
    expect(locales.map((locale) => [0, 7.9, 60, 125].map((seconds) => clockWords(locale, seconds)))).toEqual([['0:00', '0:07', '1:00', '2:05'], ['0:00', '0:07', '1:00', '2:05'], ['0:00', '0:07', '1:00', '2:05']])
    expect(clockWords('en', -3)).toBe('0:00')
  })

  it('[IN6] numbers, days, sizes and names follow the language, and a day stays the same day', () => {
    const [en, fr, ar] = [createFormat('en', 'Pacific/Kiritimati'), createFormat('fr', 'Pacific/Pago_Pago'), createFormat('ar')]
    expect([en.day('2026-03-01'), fr.day('2026-03-01')]).toEqual(['March 1, 2026', '1 mars 2026'])
    expect([en.country('HTI'), fr.country('HTI'), ar.country('HTI'), en.country('XYZ')]).toEqual(['Haiti', 'Haïti', 'هايتي', 'XYZ'])
    expect([fr.number(1234.5), en.bytes(2_400_000), en.language('ht'), en.language('not a tag')]).toEqual(['1\u202f234,5', '2.4 MB', 'Haitian Creole', 'not a tag'])
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
