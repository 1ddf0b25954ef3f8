import { createElement } from 'react'
import type { ReactNode } from 'react'
import type { LayoutGround } from '#report/report-drawings.ts'
import type { Period } from '#report/weeks.ts'

/** Elements without JSX: the server runs this file as it is. What stands in them is escaped by the library. */
export const h = createElement
export type Part = ReactNode

/** What every part of the page needs to say and draw something. */
export interface PageGround extends LayoutGround {
  readonly period: Period
  /** Where coordinators find every entry behind a figure; a published page has no such place. */
  readonly figureHref?: (id: string) => string
  /** Where the photo of that name stands; null where it cannot be shown. */
  readonly photo?: (photo: string) => PhotoSource | null
}

/** One address, or several widths of one photo in pixels, of which the browser takes what its screen needs. */
export interface PhotoSource {
  readonly src: string
  readonly widths?: readonly { readonly src: string; readonly width: number }[]
}
