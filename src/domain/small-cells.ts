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
    const held: Held = { values, linesOf, hidden, unbound: [...hidden].filter((cell) => (linesOf.get(cell) ?? []).length < 2) }
    const widths = widthsOf(lines, held)
    const bound = bridgesIn(held)
    const exposed = [...guarded].filter((index) => (widths.get(index) ?? Infinity) < smallest || (bound.has(index) && !canDiffer(index, held)))
    const further = exposed.flatMap((index) => complementOf(index, held) ?? [])
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
    const best = least(near.filter((cell) => !hidden.has(cell)), (cell) => rank(values[cell] ?? 0))
    if (best !== null) return best
    for (const cell of near) reached.add(cell)
    from = near
  }
  return null
}

function least(cells: readonly number[], of: (cell: number) => number): number | null {
  return cells.reduce<number | null>((best, cell) => (best === null || of(cell) < of(best) ? cell : best), null)
}

function rank(count: number): number {
  return count === 0 ? Infinity : count
}

/** What is held back so far. */
interface Held {
  readonly values: readonly number[]
  readonly linesOf: ReadonlyMap<number, readonly SumLine[]>
  readonly hidden: ReadonlySet<number>
  /** Hidden cells that stand in fewer than two lines: what they have more or less may be anything outside. */
  readonly unbound: readonly number[]
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
type Line = SumLine | typeof outside

function comesBack(index: number, change: Sign, { values, linesOf, hidden, unbound }: Held): boolean {
  const [home = outside, start = outside] = linesOf.get(index) ?? []
  const seen = new Map<Line, Set<Sign>>()
  const queue: (readonly [Line, Sign])[] = [[start, change === 1 ? -1 : 1]]
  for (const [line, needed] of queue) {
    if (line === home || seen.get(line)?.has(needed) === true) continue
    seen.set(line, (seen.get(line) ?? new Set()).add(needed))
    const cells = line === outside ? unbound : line.cells
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

function otherLine(lines: readonly SumLine[], line: Line): Line {
  return lines.find((one) => one !== line) ?? outside
}

/**
 * Cells that may be all that ties their lines to others: where lines are places and hidden cells the ways between them, those that are on no
 * round trip. Only these need a closer look; along a round trip one and all can be changed in turn. Empty cells lead one way and are left out.
 */
function bridgesIn({ values, linesOf, hidden }: Held): ReadonlySet<number> {
  const ways = new Map<Line, { readonly cell: number; readonly to: Line }[]>()
  const bridges = new Set<number>()
  for (const cell of hidden) {
    const [from = outside, to = outside] = linesOf.get(cell) ?? []
    if ((values[cell] ?? 0) === 0) bridges.add(cell)
    else if (from !== outside) for (const [one, other] of [[from, to], [to, from]] as const) waysFrom(one).push({ cell, to: other })
  }
  const reached = new Map<Line, number>()
  for (const line of ways.keys()) if (!reached.has(line)) walk(line, null)
  return bridges

  function waysFrom(line: Line): { readonly cell: number; readonly to: Line }[] {
    const own = ways.get(line) ?? []
    ways.set(line, own)
    return own
  }

  function walk(line: Line, cameBy: number | null): number {
    let low = reached.size
    const own = low
    reached.set(line, own)
    for (const { cell, to } of ways.get(line) ?? []) {
      if (cell === cameBy) continue
      const before = reached.get(to)
      const found = before ?? walk(to, cell)
      if (before === undefined && found > own) bridges.add(cell)
      low = Math.min(low, found)
    }
    return low
  }
}

/** How far a reader gets who adds and subtracts along every line until nothing more follows: between the least and the most of each hidden cell. */
function widthsOf(lines: readonly SumLine[], { values, hidden }: Held): ReadonlyMap<number, number> {
  const [low, high] = [new Map<number, number>(), new Map<number, number>()]
  const open = lines.map(({ cells, total }) => ({ cells: cells.filter((cell) => hidden.has(cell)), rest: total - sum(cells.map((cell) => (hidden.has(cell) ? 0 : (values[cell] ?? 0)))) }))
  let moved = true
  while (moved) moved = open.map((line) => narrowed(line, low, high)).includes(true)
  return new Map([...hidden].map((cell) => [cell, (high.get(cell) ?? Infinity) - (low.get(cell) ?? 0)]))
}

function narrowed({ cells, rest }: { readonly cells: readonly number[]; readonly rest: number }, low: Map<number, number>, high: Map<number, number>): boolean {
  const lows = sum(cells.map((cell) => low.get(cell) ?? 0))
  const known = cells.flatMap((cell) => high.get(cell) ?? [])
  const highs = sum(known)
  const unknown = cells.length - known.length
  let moved = false
  for (const cell of cells) {
    const [least, most] = [low.get(cell) ?? 0, high.get(cell) ?? Infinity]
    const top = rest - (lows - least)
    // While another cell of the line may be anything, nothing holds this one up.
    const othersUnknown = unknown - (most === Infinity ? 1 : 0)
    const bottom = othersUnknown > 0 ? 0 : rest - (highs - (most === Infinity ? 0 : most))
    if (top < most) moved = set(high, cell, top)
    if (bottom > least) moved = set(low, cell, bottom)
  }
  return moved
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
