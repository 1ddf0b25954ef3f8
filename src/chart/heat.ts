/** How dark a cell of a table is: nothing there, or one of five steps. */
export type HeatStep = 'none' | 1 | 2 | 3 | 4 | 5

/**
 * Steps by the square root of the share of the largest: counts of reports are skewed, and with even steps all but the
 * largest would look alike. The number stands in the cell, so that the shade is never the only thing that says it.
 */
export function heatStep(count: number, largest: number): HeatStep {
  if (count <= 0 || largest <= 0) return 'none'
  const step = Math.ceil(Math.sqrt(Math.min(1, count / largest)) * 5)
  return Math.min(5, Math.max(1, step)) as HeatStep
}
