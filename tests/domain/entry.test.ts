import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { actionFieldNames, challengeFieldNames, entryContentSchema, fieldPatchSchema, isFieldValue } from '#domain/entry.ts'
import type { ActionContent, ChallengeContent } from '#domain/entry.ts'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import { filesIn } from '#domain/named-files.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { aChallenge, anAction } from '../support/contents.ts'

const fits = (content: unknown) => v.is(entryContentSchema, content)
const without = (content: object, field: string) => Object.fromEntries(Object.entries(content).filter(([name]) => name !== field))
const photo = { sha256: 'a'.repeat(64) as never, bytes: 300_000, type: 'image/jpeg' as const, width: 1600, height: 1200, thumb: { sha256: 'b'.repeat(64) as never, bytes: 9000 } }
const voice = { sha256: 'c'.repeat(64) as never, bytes: 90_000, type: 'audio/webm' as const, seconds: 31 }

describe('the content of an entry', () => {
  it.each(['kind', 'topic', 'severity', 'populationGroup', 'observedOn', 'country', 'lang', 'sourceType', 'consentBasis', 'description'])('[DO11] a challenge without "%s" does not fit', (field) => {
    expect([fits(aChallenge()), fits(without(aChallenge(), field))]).toEqual([true, false])
  })

  it.each(['actionType', 'status', 'startOn', 'orgName', 'orgType', 'reached'])('[DO11] an action without "%s" does not fit', (field) => {
    expect([fits(anAction()), fits(without(anAction(), field))]).toEqual([true, false])
  })

  it('[DO11] a voice note stands for the description, and a point for the name of the place', () => {
    expect(fits({ ...without(aChallenge(), 'description'), audio: voice })).toBe(true)
    expect(fits({ ...without(aChallenge(), 'placeName'), lat: 18.5, lon: -72.2 })).toBe(true)
    const unnamed = without(without(aChallenge(), 'placeName'), 'adm1Name')
    expect([fits(unnamed), fits({ ...unnamed, lat: 18.5 }), fits({ ...unnamed, lat: 18.5, lon: -72.2 })]).toEqual([false, false, true])
  })

  it('[DO35] where more could harm somebody, the region alone is a place', () => {
    expect(fits(without(aChallenge(), 'placeName'))).toBe(true)
    expect(fits({ ...without(without(aChallenge(), 'placeName'), 'adm1Name'), adm1Code: 'HT01' })).toBe(true)
  })

  const wrong: readonly (readonly [string, Partial<Record<keyof ChallengeContent, unknown>>])[] = [
    ['a day that is not in the calendar', { observedOn: '2026-02-30' }], ['a code that is in no list', { topic: 'XYZ' }], ['a label in the place of a code', { country: 'Haiti' }],
    ['a severity of six', { severity: 6 }], ['at least more than at most', { affectedMin: 20, affectedMax: 10 }], ['a latitude beyond the pole', { lat: 91, lon: 0 }],
    ['ten characters of blanks', { description: '          ' }], ['a lone surrogate', { description: 'ten characters \uD800' }], ['a zero character', { description: 'ten characters \u0000' }],
    ['a quote without consent', { quote: 'We want to learn.' }], ['a quote where nobody was asked', { quote: 'We want to learn.', consentQuote: true, consentBasis: 'not_asked' }],
    ['a photo without an answer on consent', { photos: [photo] }], ['four photos', { photos: [photo, photo, photo, photo], consentPhoto: true }], ['a language tag with blanks', { lang: 'en us' }],
    ['six groups', { focusGroup: ['WOM', 'CAR', 'INF', 'CHI', 'YOU', 'OLD'] }], ['half a person', { affectedMin: 1.5 }],
  ]
  it.each(wrong)('[DO12] %s does not fit', (_what, about) => {
    expect(fits({ ...aChallenge(), ...about })).toBe(false)
  })

  const right: readonly (readonly [string, Partial<ChallengeContent>])[] = [
    ['a number that is not known', { affectedMin: 'unknown' }], ['a quote with consent', { quote: 'We want to learn.', consentQuote: true }],
    ['a photo that may not be published', { photos: [photo], consentPhoto: false }], ['Arabic words', { description: 'المدارس مغلقة منذ شهر', lang: 'ar' }], ['a table by sex and age', { affectedSadd: { f: { '5_17': 12 }, m: { '5_17': 'unknown' } } }],
  ]
  it.each(right)('[DO12] %s fits', (_what, about) => {
    expect(fits(aChallenge(about))).toBe(true)
  })

  const actions: readonly (readonly [string, Partial<Record<keyof ActionContent, unknown>>, boolean])[] = [
    ['is planned and has reached people', { status: 'planned', reached: 5 }, false], ['is planned', { status: 'planned', reached: undefined }, true],
    ['is completed without an end', { status: 'completed' }, false], ['is completed', { status: 'completed', endOn: '2026-02-20', reached: 40 }, true], ['ends before it starts', { endOn: '2026-01-01' }, false],
  ]
  it.each(actions)('[DO12] an action that %s is judged by its dates and status', (_what, about, isFit) => {
    expect(fits(Object.fromEntries(Object.entries({ ...anAction(), ...about }).filter(([, value]) => value !== undefined)))).toBe(isFit)
  })

  it('[DO13] fields of a newer version are kept verbatim, in content and in a patch', () => {
    const later = { ...aChallenge(), laterField: { deep: ['as', 'it', 'was'] } }
    expect(v.parse(entryContentSchema, later)).toEqual(later)
    expect(v.parse(fieldPatchSchema, { laterField: [1], severity: 2 })).toEqual({ laterField: [1], severity: 2 })
  })

  it('[DO13] a change of a type that is not known here passes as an envelope, and is no change', () => {
    const envelope = { v: 1, id: '10000000-0000-7000-8000-000000000000', entryId: '20000000-0000-7000-8000-000000000000', deviceSeq: 1, type: 'grade', base: null, body: { new: true }, salt: 's'.repeat(22), recordedAt: '2026-03-01T08:00:00+05:45', appVersion: '9' }
    expect(v.parse(changeEnvelopeSchema, envelope)).toEqual(envelope)
    expect(changeFrom(v.parse(changeEnvelopeSchema, envelope))).toBeNull()
    expect(changeFrom(v.parse(changeEnvelopeSchema, { ...envelope, type: 'toString' }))).toBeNull()
    expect(changeFrom(v.parse(changeEnvelopeSchema, { ...envelope, type: 'record', body: { content: aChallenge() } }))).not.toBeNull()
  })

  it('[DO14] a patch never changes the kind, and each field of it fits its own schema', () => {
    expect(v.is(fieldPatchSchema, { kind: 'action' })).toBe(false)
    expect(v.is(fieldPatchSchema, { severity: 9 })).toBe(false)
    expect([isFieldValue('severity', 5), isFieldValue('severity', '5'), isFieldValue('notAField', 1)]).toEqual([true, false, true])
  })

  it('[DO15] nothing is changed by being checked: what is hashed is what was written', () => {
    for (const content of [aChallenge({ description: '  two blanks stay at both ends  ' }), anAction()]) expect(canonicalJson(v.parse(entryContentSchema, content))).toBe(canonicalJson(content))
  })

  it('[DO11] the names of the fields are those of the list, in camel case', () => {
    expect(challengeFieldNames).toEqual(expect.arrayContaining(['observedOn', 'adm1Code', 'geoPrecisionM', 'affectedSadd', 'responseSeen', 'consequenceText', 'independentSources']))
    expect(actionFieldNames).toEqual(expect.arrayContaining(['orgName', 'reachedFrequency', 'volunteerHours', 'priorityAddressee', 'noneListed', 'resourceSource']))
  })

  it('[DO12] by how much a text is too long is counted as the schema counts, in parts of a field too', () => {
    expect([tooLongBy('description', 'a'.repeat(2000)), tooLongBy('description', 'a'.repeat(2001)), tooLongBy('placeName', 'a'.repeat(92))]).toEqual([0, 1, 12])
    expect([tooLongBy('partners', ['short', 'a'.repeat(123)]), tooLongBy('photos', [{ ...photo, caption: 'a'.repeat(204) }]), tooLongBy('output', [{ item: 'a'.repeat(85), quantity: 1 }])]).toEqual([3, 4, 5])
    // What is wrong otherwise is not too long: too short, too many parts, no text, no field.
    expect([tooLongBy('description', 'short'), tooLongBy('partners', ['1', '2', '3', '4', '5', '6']), tooLongBy('severity', 9), tooLongBy('quote', undefined), tooLongBy('constructor', 'a')]).toEqual([0, 0, 0, 0, 0])
  })

  it('[DO16] the files of a content are its photos, their thumbnails and its voice note', () => {
    expect(filesIn({ ...aChallenge(), photos: [photo], audio: voice })).toEqual([photo.sha256, photo.thumb.sha256, voice.sha256])
    expect(filesIn({ photos: 'none', audio: null })).toEqual([])
  })
})
