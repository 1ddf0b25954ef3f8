import type { Draft } from '#device/device.ts'
import { usesOf } from '#volunteer/fields/consent-uses.ts'
import type { StepId } from '#volunteer/record/steps.ts'

/** Whether one tap has answered all that a screen asks. Where numbers, words or several answers are welcome, Next stays the only way on. */
export function isWholeAnswer({ kind, content, updateOf }: Pick<Draft, 'kind' | 'content' | 'updateOf'>, step: StepId): boolean {
  switch (step) {
    case 'topic':
    case 'source':
      return true
    case 'severity':
      return updateOf === undefined
    case 'answers':
      return content.noneListed === true
    case 'consent':
      return usesOf(content).length === 0 && (kind === 'challenge' || content.sourceType !== undefined)
    default:
      return false
  }
}
