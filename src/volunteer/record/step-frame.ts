import type { DraftContent, FieldName } from '#domain/entry.ts'
import type { Draft } from '#device/device.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { textOf } from '#volunteer/fields/values.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import type { Words } from '#volunteer/words.ts'

/** What every step is drawn from. */
export interface StepProps {
  readonly draft: Draft
  readonly content: DraftContent
  readonly keeper: DraftKeeper
  /** The sentence for what is wrong with a field, once Next has been tried. */
  readonly errorOf: (field: FieldName) => string | undefined
}

/** The control of a field of this draft. */
export function editingOf({ content, keeper, errorOf }: StepProps, field: FieldName, words: Pick<Editing, 'label'> & Partial<Pick<Editing, 'legend' | 'hint' | 'optional' | 'suggestions'>>): Editing {
  return {
    ...words,
    field,
    value: content[field],
    onChoose: (value) => keeper.choose({ [field]: value }),
    onType: (value) => keeper.type(field, value),
    error: errorOf(field),
    lang: content.lang === undefined ? undefined : textOf(content.lang),
    unlikelyAbove: unlikelyAbove(field, content),
  }
}

/** More than three times as many as were meant to be reached happens, and is asked about. */
function unlikelyAbove(field: FieldName, { targeted }: DraftContent): number | undefined {
  return field === 'reached' && typeof targeted === 'number' ? 3 * targeted : undefined
}

/** The same as an optional field under its own question. */
export function optionalEditingOf(props: StepProps, field: FieldName, words: Words): Editing {
  return editingOf(props, field, { label: words.field(field) })
}
