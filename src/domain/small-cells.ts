/**
 * Counts as others may read them: fewer than five could name somebody. Nobody is named by zero, and where nothing was reported
 * must be seen. A part of `disclosure.ts` in a file of its own, because tables with totals need more than a look at each cell.
 */
export const smallest = 5

export function isSmall(count: number): boolean {
  return count > 0 && count < smallest
}

/** Cells that add up to a total which is shown as well. */
export interface SumLine {
  readonly cells: readonly number[]
  readonly total: number
}

export interface CountTable {
  readonly cells: readonly (readonly number[])[]
  /** What each row adds up to where readers know it; null: it is not shown, so nothing of the row may be added up either. */
  readonly rowTotals: readonly (number | null)[]
  /** Likewise; absent where columns add up to nothing that is shown. */
  readonly columnTotals?: readonly (number | null)[] | undefined
}

/** One row of counts; null is not shown. `total`: what it adds up to, where that is shown. */
export function shownLine(counts: readonly number[], total: number | null = sum(counts)): readonly (number | null)[] {
  const [line = []] = shownTable({ cells: [counts], rowTotals: [total] })
  return line
}

/**
 * The cells that may be shown. Small ones are not; and where one could be worked out from a total, further cells are held back until each
 * may have five values more than one. A reader cannot tell which is which: a cell that is not shown may be any number.
 */
export function shownTable({ cells, rowTotals, columnTotals }: CountTable): readonly (readonly (number | null)[])[] {
  const width = cells[0]?.length ?? 0
  const values = cells.flat()
  const at = (row: number, column: number) => row * width + column
  const rows = cells.map((_, row) => ({ cells: Array.from({ length: width }, (__, column) => at(row, column)), total: rowTotals[row] ?? null }))
  const columns = columnTotals === undefined ? [] : Array.from({ length: width }, (_, column) => ({ cells: cells.map((__, row) => at(row, column)), total: columnTotals[column] ?? null }))
  const all = [...rows, ...columns]
  const lines = all.flatMap(({ cells: own, total }): readonly SumLine[] => (total === null ? [] : [{ cells: own, total }]))
  // Whoever sees all parts of a total that is not shown sees the total.
  const forced = new Set(all.flatMap(({ cells: own, total }) => (total === null ? own.filter((cell) => (values[cell] ?? 0) > 0) : [])))
  const hidden = heldBack(values, lines, forced)
  return cells.map((row, index) => row.map((count, column) => (hidden.has(at(index, column)) ? null : count)))
}

/** Which cells are not shown, so that no small one, and none that is `forced`, can be told from the others and the totals. */
export function heldBack(values: readonly number[], lines: readonly SumLine[], forced: ReadonlySet<number> = new Set()): ReadonlySet<number> {
  const guarded = new Set(values.flatMap((count, index) => (isSmall(count) || forced.has(index) ? [index] : [])))
  const hidden = new Set(guarded)
  const linesOf = linesByCell(lines)
  for (;;) {
    const bounds = boundsOf(values, lines, hidden)
    const exposed = [...guarded].filter((index) => (bounds.get(index)?.width ?? Infinity) < smallest || !canDiffer(index, { values, linesOf, hidden }))
    const further = exposed.flatMap((index) => complementOf(index, { values, linesOf, hidden }) ?? [])
    if (further.length === 0) return hidden
    for (const index of further) hidden.add(index)
  }
}

/**
 * The least cell of the same lines that is still shown: first one that counts, then one that is empty. Where none is left, one of the lines
 * that cross these.
 */
function complementOf(index: number, { values, linesOf, hidden }: Held): number | null {
  const reached = new Set([index])
  let from = [index]
  while (from.length > 0) {
    const near = [...new Set(from.flatMap((cell) => linesOf.get(cell) ?? []).flatMap(({ cells }) => cells))].filter((cell) => !reached.has(cell))
    const best = near.filter((cell) => !hidden.has(cell)).toSorted((one, other) => rank(values[one] ?? 0) - rank(values[other] ?? 0))[0]
    if (best !== undefined) return best
    for (const cell of near) reached.add(cell)
    from = near
  }
  return null
}

function rank(count: number): number {
  return count === 0 ? Infinity : count
}

/** What is held back so far. */
interface Held {
  readonly values: readonly number[]
  readonly linesOf: ReadonlyMap<number, readonly SumLine[]>
  readonly hidden: ReadonlySet<number>
}

/**
 * Whether another table adds up alike in which this cell has one more or one less: every change is made good along its lines by others
 * that are not shown, until it comes back to where it began. A cell without a second line takes any change.
 */
function canDiffer(index: number, held: Held): boolean {
  const own = held.linesOf.get(index) ?? []
  if (own.length === 0) return true
  return ([1, -1] as const).some((change) => (change === 1 || (held.values[index] ?? 0) > 0) && comesBack(index, change, held))
}

type Sign = 1 | -1
/** Where a change may end: outside of all lines. */
const outside = 'outside'

function comesBack(index: number, change: Sign, { values, linesOf, hidden }: Held): boolean {
  const [home = outside, start = outside] = linesOf.get(index) ?? []
  const seen = new Map<SumLine | typeof outside, Set<Sign>>()
  const queue: (readonly [SumLine | typeof outside, Sign])[] = [[start, change === 1 ? -1 : 1]]
  for (const [line, needed] of queue) {
    if (line === home || seen.get(line)?.has(needed) === true) continue
    seen.set(line, (seen.get(line) ?? new Set()).add(needed))
    const cells = line === outside ? [...hidden].filter((cell) => (linesOf.get(cell) ?? []).length < 2) : line.cells
    const signs = line === outside ? ([1, -1] as const) : [needed]
    for (const sign of signs) {
      for (const cell of cells) {
        if (cell === index || !hidden.has(cell) || (sign === -1 && (values[cell] ?? 0) === 0)) continue
        const next = otherLine(linesOf.get(cell) ?? [], line)
        // Back home with what the first change left to be made good there.
        if (next === home && sign === (change === 1 ? -1 : 1)) return true
        queue.push([next, sign === 1 ? -1 : 1])
      }
    }
  }
  return home === outside && seen.has(outside)
}

function otherLine(lines: readonly SumLine[], line: SumLine | typeof outside): SumLine | typeof outside {
  return lines.find((one) => one !== line) ?? outside
}

interface Bounds {
  readonly width: number
}

/** How far a reader gets who adds and subtracts along every line until nothing more follows. */
function boundsOf(values: readonly number[], lines: readonly SumLine[], hidden: ReadonlySet<number>): ReadonlyMap<number, Bounds> {
  const [low, high] = [new Map<number, number>(), new Map<number, number>()]
  const open = lines.map(({ cells, total }) => ({ cells: cells.filter((cell) => hidden.has(cell)), rest: total - sum(cells.map((cell) => (hidden.has(cell) ? 0 : (values[cell] ?? 0)))) }))
  let moved = true
  while (moved) {
    moved = false
    for (const { cells, rest } of open) {
      const [lows, highs] = [sum(cells.map((cell) => low.get(cell) ?? 0)), sum(cells.map((cell) => high.get(cell) ?? Infinity))]
      for (const cell of cells) {
        const top = rest - (lows - (low.get(cell) ?? 0))
        const own = high.get(cell) ?? Infinity
        // Infinity less Infinity is no number: with another cell open, nothing holds this one up.
        const others = highs === Infinity && own !== Infinity ? Infinity : sum(cells.map((other) => (other === cell ? 0 : (high.get(other) ?? Infinity))))
        const bottom = rest - others
        if (top < own) moved = set(high, cell, top)
        if (bottom > (low.get(cell) ?? 0)) moved = set(low, cell, bottom)
      }
    }
  }
  return new Map([...hidden].map((cell) => [cell, { width: (high.get(cell) ?? Infinity) - (low.get(cell) ?? 0) }]))
}

function set(map: Map<number, number>, key: number, value: number): true {
  map.set(key, value)
  return true
}

function linesByCell(lines: readonly SumLine[]): ReadonlyMap<number, readonly SumLine[]> {
  const found = new Map<number, SumLine[]>()
  for (const line of lines) for (const cell of line.cells) found.set(cell, [...(found.get(cell) ?? []), line])
  return found
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
