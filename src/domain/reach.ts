import type { Coverage } from '#domain/codes/code-lists.ts'

/** How far a challenge is answered, from not at all; the place in this list is the reach of an answer. */
export const reachSteps = ['none', 'little', 'partly', 'mostly'] as const

const reachByCoverage: Readonly<Record<Coverage, number>> = { unknown: 1, little: 1, partly: 2, mostly: 3, fully: 3 }

/**
 * How far an action answers what it is linked to, 0 to 3. What nobody said counts as a little; what was called off answers nothing, nor does
 * what was only heard of; and of what is only planned nobody knows yet how far it will go.
 */
export function reachOf({ status, sourceType, coverage = 'unknown' }: { readonly status: unknown; readonly sourceType: unknown; readonly coverage: Coverage | undefined }): number {
  if (status === 'cancelled' || sourceType === 'rumour') return 0
  return status === 'planned' ? 1 : reachByCoverage[coverage]
}
