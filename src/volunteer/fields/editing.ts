import type { ReactNode } from 'react'
import type { FieldName } from '#domain/entry.ts'

/** What the control of any field is told, wherever it stands: on a step, in "More detail", at a question. */
export interface Editing {
  readonly field: FieldName
  readonly value: unknown
  /** A choice: kept at once. `undefined` takes the answer away. */
  readonly onChoose: (value: unknown) => void
  /** Typing: kept after a moment, or when the field is left. */
  readonly onType: (value: unknown) => void
  readonly label: ReactNode
  readonly legend?: 'question' | 'label' | 'hidden' | undefined
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly optional?: string | undefined
  /** Offered while typing, instead of what the field offers by itself. */
  readonly suggestions?: readonly string[] | undefined
  /** A number above this is unlikely beside another one, and is asked about once. */
  readonly unlikelyAbove?: number | undefined
  /** The language in which the author writes; that of the screens as long as nothing is written. */
  readonly lang: string | undefined
}

/** The words around a field, in the form that the kit's controls take. */
export function wordsOf({ field, label, hint, error, optional, legend }: Editing) {
  // By its name a field is found again after a killed browser.
  return { name: field, label, hint, error, optional, isLabelHidden: legend === 'hidden' }
}

/** The same for a group of controls. */
export function groupWordsOf({ label, hint, error, optional, legend }: Editing) {
  return { label, hint, error, optional, legend }
}
