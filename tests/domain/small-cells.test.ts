import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldBack, isSmall, shownLine, shownTable } from '#domain/small-cells.ts'
import { sumsTo } from '../support/count-attack.ts'

const counts = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) }, { weight: 3, arbitrary: fc.integer({ min: 5, max: 40 }) })
const tables = fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(fc.array(counts, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
const total = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0)
const columnsOf = (cells: readonly (readonly number[])[]) => (cells[0] ?? []).map((_, column) => cells.map((row) => row[column] ?? 0))

describe('small cells', () => {
  it('[DO110] one to four are not shown, zero is', () => {
    expect([0, 1, 4, 5].map(isSmall)).toEqual([false, true, true, false])
    expect(shownLine([0, 12, 9], 21)).toEqual([0, 12, 9])
  })

  it('[DO111] a small one cannot be told from the total: the least other one goes with it', () => {
    expect(shownLine([20, 3, 0, 9])).toEqual([20, null, 0, null])
    expect(shownLine([3, 2])).toEqual([null, null])
    // Where readers do not know the total, nothing follows from it, and nothing may lead to it.
    expect(shownLine([20, 3, 0], null)).toEqual([null, null, 0])
  })

  it('[DO111] neither is it told from rows and columns together', () => {
    const cells = [[10, 3, 8], [7, 12, 9], [6, 11, 5]]
    const shown = shownTable({ cells, rowTotals: cells.map(total), columnTotals: columnsOf(cells).map(total) })
    expect(shown[0]?.[1]).toBeNull()
    expect(shown.flat().filter((count) => count === null).length).toBeGreaterThanOrEqual(4)
  })

  it('[DO111] whoever tries every table that adds up alike finds another number in each small cell', () => {
    fc.assert(fc.property(tables, (cells) => {
      const totals = { rowTotals: cells.map(total), columnTotals: columnsOf(cells).map(total) }
      // What rows and columns add up to is a line of its own, held to the same rule before.
      const known = { rowTotals: shownLine(totals.rowTotals), columnTotals: shownLine(totals.columnTotals) }
      const shown = shownTable({ cells, ...known })
      expect(shown.flat().filter((count) => count !== null && isSmall(count))).toEqual([])
      const small = cells.flatMap((row, at) => row.flatMap((count, column) => (isSmall(count) ? [[at, column] as const] : [])))
      expect(small.filter((cell) => sumsTo(shown, known, cell, 2).length < 2)).toEqual([])
    }), { numRuns: 300 })
  })

  it('[DO111] nothing is held back without need', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 5, max: 99 }), { minLength: 1, maxLength: 8 }), (line) => {
      expect(shownLine(line)).toEqual(line)
      expect([...heldBack(line, [])]).toEqual([])
    }))
  })
})
