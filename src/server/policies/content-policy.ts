import * as v from 'valibot'
import type { Change } from '#domain/change.ts'
import { isSensitivity } from '#domain/disclosure.ts'
import { entryContentSchema, isFieldValue } from '#domain/entry.ts'
import { patchedContent } from '#domain/fold-written.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import type { JudgeContext } from '#server/store/store.ts'

/** Whether what a change does to its entry leaves an entry that is still valid; the change alone has been checked before. */
export function judgeContent(change: Change, { entry }: Pick<JudgeContext, 'entry'>): QuarantineReason | null {
  switch (change.type) {
    case 'revise':
      return entry !== null && v.is(entryContentSchema, patchedContent(entry.content, change.body.set, change.body.unset)) ? null : 'invalid'
    case 'correct':
      return Object.entries(change.body.set).every(([field, value]) => isCorrection(field, value)) ? null : 'invalid'
    case 'link':
      return change.body.to === change.entryId ? 'invalid' : null
    case 'fileStored':
      return change.body.entryId === change.entryId ? null : 'invalid'
    default:
      return null
  }
}

function isCorrection(field: string, value: unknown): boolean {
  if (field === 'kind') return false
  return field === 'sensitivity' ? isSensitivity(value) : isFieldValue(field, value)
}
