import type { FocusGroup, Sensitivity, Topic } from '#domain/codes/code-lists.ts'

/** What follows from a topic: IASC cluster, UNESCO programme (XX: none), SDGs, and the least sensitivity. A coordinator may override. */
export interface TopicTraits {
  readonly iasc: string
  readonly unesco: string
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
