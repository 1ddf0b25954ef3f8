import type { Change, Verdict } from '#domain/change.ts'

/** What a change does, without the words of its entry: enough for a log that says who did what when. */
export interface ChangeSummary {
  /** The type of the change; a correction that only lays a translation beside the words is a translation. */
  readonly act: string
  readonly verdict: Verdict | null
  /** Fields that were changed, corrected or asked about. */
  readonly fields: readonly string[]
  /** What somebody gave as the reason. */
  readonly reason: string | null
  /** As what one entry is linked to another. */
  readonly linkKind: string | null
}

const translatedField = 'descriptionEn'

export function changeSummary(change: Change): ChangeSummary {
  const plain: ChangeSummary = { act: change.type, verdict: null, fields: [], reason: null, linkKind: null }
  switch (change.type) {
    case 'revise':
    case 'correct': {
      const fields = [...new Set([...Object.keys(change.body.set), ...change.body.unset])]
      const isTranslation = change.type === 'correct' && fields.length > 0 && fields.every((field) => field === translatedField)
      return { ...plain, act: isTranslation ? 'translate' : change.type, fields }
    }
    case 'decide':
      return { ...plain, verdict: change.body.verdict, reason: change.body.reason ?? null, fields: [...new Set(change.body.questions.map(({ field }) => field))] }
    case 'withdraw':
    case 'release':
    case 'erase':
      return { ...plain, reason: change.body.reason ?? null }
    case 'link':
      return { ...plain, linkKind: change.body.kind }
    default:
      return plain
  }
}
