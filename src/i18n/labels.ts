import { ownValue } from '#domain/own-value.ts'
import type { labels as english } from '#i18n/labels/en.ts'
import type { homeLabels as englishAtHome } from '#i18n/labels/home/en.ts'

type Said<Lists> = { readonly [List in keyof Lists]: { readonly [Code in keyof Lists[List]]: string } }

/** What the first screen shows of the code lists. English is the type. */
export type HomeLabels = Said<typeof englishAtHome>
/** The other lists, the severity sentences, and the question of every field. */
export type ScreenLabels = Said<typeof english>
/** Labels of every code of every list, and the question of every field. */
export type Labels = HomeLabels & ScreenLabels
export type LabelList = keyof Labels

/** The label of a code; the code itself when this version does not know it (an entry of a newer app), or where it is words of somebody's own. */
export function labelOf<Lists extends Partial<Labels>>(labels: Lists, list: keyof Lists & string, code: string | number): string {
  return ownValue((labels[list] as Readonly<Record<string, string>> | undefined) ?? {}, String(code)) ?? String(code)
}
