import type { labels as english } from '#i18n/labels/en.ts'

/** Labels of every code of every list, the severity sentences, and the question of every field. English is the type. */
export type Labels = { readonly [List in keyof typeof english]: { readonly [Code in keyof (typeof english)[List]]: string } }
export type LabelList = keyof Labels

/** The label of a code; the code itself when this version does not know it (an entry of a newer app). */
export function labelOf(labels: Labels, list: LabelList, code: string | number): string {
  return (labels[list] as Readonly<Record<string, string>>)[String(code)] ?? String(code)
}
