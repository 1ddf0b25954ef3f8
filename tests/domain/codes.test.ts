import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as lists from '#domain/codes/code-lists.ts'
import { alpha2Of, countries, isCountry } from '#domain/codes/countries.ts'
import { iatiOrgTypes, iatiSectors, iatiStatuses } from '#domain/codes/iati.ts'
import { consequenceTraits, focusGroupSensitivity, topicTraits, usualGrades } from '#domain/codes/traits.ts'
import { entryContentSchema } from '#domain/entry.ts'
import { aChallenge } from '../support/contents.ts'

describe('code lists', () => {
  it('[DO12] no list has a code twice, and severity alone is a number', () => {
    const all = Object.entries(lists)
    expect(all.filter(([, list]) => new Set<unknown>(list).size !== list.length).map(([name]) => name)).toEqual([])
    expect(all.filter(([, list]) => list.some((code) => typeof code !== 'string')).map(([name]) => name)).toEqual(['severities'])
  })

  it('[DO12] the lists have as many codes as the vocabulary', () => {
    const sizes = [lists.topics, lists.populationGroups, lists.focusGroups, lists.orgTypes, lists.needs, lists.causes, lists.consequences, lists.copings, lists.actionTypes, lists.sdgs, lists.sectorsIasc].map(({ length }) => length)
    expect(sizes).toEqual([17, 8, 19, 18, 17, 15, 17, 12, 13, 17, 12])
  })

  it('[DO12] a code of another list, a label or a number as text is refused', () => {
    expect(v.is(entryContentSchema, aChallenge({ severity: 5, topic: 'WSH' }))).toBe(true)
    for (const wrong of [{ severity: '5' }, { severity: 0 }, { topic: 'WOM' }, { topic: 'Health' }, { country: 'HT' }, { country: 'QQQ' }]) expect(v.is(entryContentSchema, { ...aChallenge(), ...wrong })).toBe(false)
  })
})

describe('what follows from a code', () => {
  it('[DO25] each topic has a cluster, a programme and goals that are codes themselves', () => {
    for (const { iasc, unesco, sdg } of Object.values(topicTraits)) {
      expect(lists.sectorsIasc).toContain(iasc)
      expect(lists.unescoProgrammes).toContain(unesco)
      for (const goal of sdg) expect(lists.sdgs).toContain(String(goal))
    }
    expect(topicTraits.ECC).toEqual({ iasc: 'EDU', unesco: 'ED', sdg: [4, 3] })
    expect(consequenceTraits.digital_gap).toEqual({ unesco: 'CI', sdg: [9, 10] })
  })

  it('[DO17] protection is high, and only three groups raise what they are named in', () => {
    expect(Object.entries(topicTraits).filter(([, { minSensitivity }]) => minSensitivity !== undefined).map(([topic]) => topic)).toEqual(['PRO'])
    expect(focusGroupSensitivity).toEqual({ IND: 'moderate', DET: 'high', LGB: 'severe' })
  })

  it('[DO25] clusters, kinds of organisation and states have their IATI numbers', () => {
    expect([iatiSectors.WSH, iatiSectors['PRO-GBV'], iatiSectors.MUL, iatiOrgTypes['437'], iatiOrgTypes['x-women'], iatiStatuses.completed, iatiStatuses.suspended]).toEqual(['11', '5404', null, '21', '24', '4', '6'])
  })

  it('[DO25] a rumour is never graded as true at first sight', () => {
    expect(usualGrades.rumour).toEqual({ reliability: 'F', credibility: '6' })
    for (const { credibility } of Object.values(usualGrades)) expect(credibility).not.toBe('1')
  })
})

describe('countries', () => {
  it('[DO25] 250 countries have one alpha-3 and one alpha-2 code each', () => {
    expect(countries).toHaveLength(250)
    expect(new Set(countries.map(alpha2Of)).size).toBe(250)
    expect(countries.every((code) => /^[A-Z]{3}$/.test(code) && /^[A-Z]{2}$/.test(alpha2Of(code) ?? ''))).toBe(true)
    expect([alpha2Of('HTI'), alpha2Of('PSE'), alpha2Of('XKK'), alpha2Of('QQQ')]).toEqual(['HT', 'PS', 'XK', null])
    expect([isCountry('SSD'), isCountry('HT'), isCountry('hti'), isCountry('')]).toEqual([true, false, false, false])
  })
})
