import type { Comparison } from '#domain/matching/features.ts'

/** What speaks for or against a suggestion, each between 0 and about 3; the weights say how much. */
export type Signs<Name extends string> = Readonly<Record<Name, number>>

type PlaceSign = 'nameShared' | 'nameDiffers' | 'bothNarrower' | 'mentioned' | 'close' | 'apart' | 'regionDiffers'
type SubjectSign = 'topicNear' | 'topicOther' | 'groupsOther' | 'groupsSame' | 'conceptShare' | 'conceptCount' | 'speakOfOther' | 'numberShared'
export type Sign = PlaceSign | SubjectSign

/** Coarse points of one place lie up to some kilometres from each other; the next village begins there too. */
export const closeKm = 3.5
const apartKm = 6.5

export function signsOf(of: Comparison): Signs<Sign> {
  const { place } = of
  return {
    nameShared: place.nameShare ?? 0,
    nameDiffers: is(place.nameShare === 0),
    bothNarrower: is(place.bothNarrower),
    mentioned: is(place.isMentioned),
    close: is(place.km !== null && place.km <= closeKm),
    apart: place.km === null ? 0 : Math.min(1, Math.max(0, (place.km - closeKm) / (apartKm - closeKm))),
    regionDiffers: is(place.sameRegion === false),
    topicNear: is(of.topic === 'near'),
    topicOther: is(of.topic === 'other'),
    groupsOther: is(of.groups === 'other'),
    groupsSame: is(of.groups === 'same'),
    conceptShare: of.conceptShare,
    conceptCount: Math.min(3, of.concepts.length),
    speakOfOther: is(of.speakOfOther),
    numberShared: is(of.numbers.length > 0),
  }
}

/** The chance that the weights give to the signs, 0 to 1 (logistic). A sign without a weight says nothing. */
export function chance<Name extends string>(signs: Signs<Name>, weights: Partial<Signs<Name>>, bias: number): number {
  const names = Object.keys(weights) as Name[]
  return 1 / (1 + Math.exp(-names.reduce((sum, name) => sum + signs[name] * (weights[name] ?? 0), bias)))
}

function is(condition: boolean): number {
  return condition ? 1 : 0
}
