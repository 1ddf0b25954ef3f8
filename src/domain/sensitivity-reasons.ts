import { sensitivities } from '#domain/codes/code-lists.ts'
import type { FocusGroup, Sensitivity, Topic } from '#domain/codes/code-lists.ts'
import { focusGroupSensitivity, topicTraits } from '#domain/codes/traits.ts'
import { isSensitivity } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'

/** Why an entry is as sensitive as it is: what demands at least which level. */
export interface SensitivityReason {
  readonly from: 'topic' | 'group' | 'sector' | 'coordinator' | 'campaign'
  /** The code of the topic or group, where it is one. */
  readonly code: string | null
  readonly level: Sensitivity
}

/**
 * The reasons for a level that was computed elsewhere (`sensitivityOf`), the strongest first. Where neither words nor
 * corrections demand it, it is the campaign's default.
 */
export function sensitivityReasons(entry: Pick<EntryState, 'content' | 'corrections'>, level: Sensitivity): readonly SensitivityReason[] {
  const override = entry.corrections['sensitivity']?.value
  const found = [
    ...[entry.content, correctedContent(entry)].flatMap((content: Readonly<Record<string, unknown>>) => reasonsIn(content)),
    ...(isSensitivity(override) ? [{ from: 'coordinator', code: null, level: override } as const] : []),
  ]
  const once = found.filter((reason, index) => found.findIndex((other) => other.from === reason.from && other.code === reason.code) === index)
  const reached = once.filter((reason) => reason.level !== 'low' || reason.from === 'coordinator')
  const explained = reached.some((reason) => reason.level === level)
  return [...reached, ...(explained ? [] : [{ from: 'campaign', code: null, level } as const])].toSorted((one, other) => sensitivities.indexOf(other.level) - sensitivities.indexOf(one.level))
}

function reasonsIn(content: Readonly<Record<string, unknown>>): readonly SensitivityReason[] {
  const { topic, sectorIasc, focusGroup } = content
  const topicLevel = typeof topic === 'string' && Object.hasOwn(topicTraits, topic) ? topicTraits[topic as Topic].minSensitivity : undefined
  const groups: readonly unknown[] = Array.isArray(focusGroup) ? focusGroup : []
  return [
    ...(topicLevel === undefined ? [] : [{ from: 'topic', code: String(topic), level: topicLevel } as const]),
    ...(sectorIasc === 'PRO-GBV' ? [{ from: 'sector', code: 'PRO-GBV', level: 'high' } as const] : []),
    ...groups.flatMap((group) => {
      const groupLevel = typeof group === 'string' && Object.hasOwn(focusGroupSensitivity, group) ? focusGroupSensitivity[group as FocusGroup] : undefined
      return groupLevel === undefined ? [] : [{ from: 'group', code: String(group), level: groupLevel } as const]
    }),
  ]
}
