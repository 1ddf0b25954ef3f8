import { createElement } from 'react'
import type { ReactNode } from 'react'
import type { CountryOutline } from '#chart/country-outlines.ts'
import type { Area } from '#domain/areas.ts'
import type { Direction } from '#i18n/direction.ts'
import type { ReportWords } from '#report/say-report.ts'

/** Elements without JSX: the server runs this file as it is. What stands in them is escaped by the library. */
export const h = createElement
export type Part = ReactNode

/** What every part of the page needs to say and draw something. */
export interface PageGround {
  readonly words: ReportWords
  readonly direction: Direction
  readonly countries: readonly string[]
  readonly areas: readonly Area[]
  readonly outlines: readonly CountryOutline[]
}
