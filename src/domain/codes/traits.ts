import type { Consequence, FocusGroup, InfoCredibility, SectorIasc, Sensitivity, SourceReliability, SourceType, Topic, UnescoProgramme } from '#domain/codes/code-lists.ts'

/** What follows from a topic: IASC cluster, UNESCO programme (XX: none), SDGs, and the least sensitivity. A coordinator may override. */
export interface TopicTraits {
  readonly iasc: SectorIasc
  readonly unesco: UnescoProgramme
  readonly sdg: readonly number[]
  readonly minSensitivity?: Sensitivity
}

export const topicTraits: Readonly<Record<Topic, TopicTraits>> = {
  EDU: { iasc: 'EDU', unesco: 'ED', sdg: [4] },
  ECC: { iasc: 'EDU', unesco: 'ED', sdg: [4, 3] },
  HEA: { iasc: 'HEA', unesco: 'XX', sdg: [3] },
  MHP: { iasc: 'HEA', unesco: 'SHS', sdg: [3] },
  FSC: { iasc: 'FSC', unesco: 'XX', sdg: [2] },
  WSH: { iasc: 'WSH', unesco: 'SC', sdg: [6] },
  LIV: { iasc: 'ERY', unesco: 'SHS', sdg: [1, 8] },
  SHL: { iasc: 'SHL', unesco: 'XX', sdg: [11] },
  PRO: { iasc: 'PRO', unesco: 'SHS', sdg: [5, 16], minSensitivity: 'high' },
  SOC: { iasc: 'PRO', unesco: 'SHS', sdg: [10] },
  INF: { iasc: 'TEL', unesco: 'CI', sdg: [9, 16] },
  CUL: { iasc: 'MUL', unesco: 'CLT', sdg: [11] },
  ENV: { iasc: 'MUL', unesco: 'SC', sdg: [13, 15] },
  DIS: { iasc: 'CCM', unesco: 'SHS', sdg: [10] },
  MOB: { iasc: 'LOG', unesco: 'XX', sdg: [11] },
  GOV: { iasc: 'PRO', unesco: 'SHS', sdg: [16] },
  OTH: { iasc: 'MUL', unesco: 'XX', sdg: [] },
}

/** Groups whose mention alone can put people in danger. */
export const focusGroupSensitivity: Readonly<Partial<Record<FocusGroup, Sensitivity>>> = { IND: 'moderate', DET: 'high', LGB: 'severe' }

/** Where a consequence points to, for question 3: UNESCO programme (XX: none) and SDGs. */
export const consequenceTraits: Readonly<Record<Consequence, Pick<TopicTraits, 'unesco' | 'sdg'>>> = {
  learning_loss: { unesco: 'ED', sdg: [4] },
  income_loss: { unesco: 'SHS', sdg: [1, 8] },
  hunger: { unesco: 'XX', sdg: [2] },
  health: { unesco: 'XX', sdg: [3] },
  mental: { unesco: 'SHS', sdg: [3] },
  violence: { unesco: 'SHS', sdg: [5, 16] },
  child_labour: { unesco: 'SHS', sdg: [5, 8] },
  care_burden: { unesco: 'SHS', sdg: [5] },
  exclusion: { unesco: 'SHS', sdg: [10] },
  stigma: { unesco: 'SHS', sdg: [10, 16] },
  trust: { unesco: 'CI', sdg: [16] },
  digital_gap: { unesco: 'CI', sdg: [9, 10] },
  culture: { unesco: 'CLT', sdg: [8, 11] },
  environment: { unesco: 'SC', sdg: [13, 15] },
  migration: { unesco: 'SHS', sdg: [10] },
  solidarity: { unesco: 'SHS', sdg: [11, 17] },
  other: { unesco: 'XX', sdg: [] },
}

/** The grade that a first reading of a source usually gets (Admiralty code). A hint for help texts: no grade is ever chosen for a reviewer. */
export const usualGrades: Readonly<Record<SourceType, { readonly reliability: SourceReliability; readonly credibility: InfoCredibility }>> = {
  direct_observation: { reliability: 'C', credibility: '2' },
  affected_person: { reliability: 'C', credibility: '3' },
  key_informant: { reliability: 'C', credibility: '3' },
  group_discussion: { reliability: 'B', credibility: '3' },
  secondary: { reliability: 'F', credibility: '3' },
  rumour: { reliability: 'F', credibility: '6' },
}
