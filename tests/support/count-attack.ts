type Shown = readonly (readonly (number | null)[])[]
interface Known {
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
}

/**
 * The numbers that one hidden cell may have, as somebody finds them who has only what is shown: a cell is tried with each number, and the
 * others are filled in as a flow of what rows and columns still lack. Eight numbers are tried at most, and no more than `enough` are looked for.
 */
export function sumsTo(shown: Shown, known: Known, [row, column]: readonly [number, number], enough = 8): readonly number[] {
  const found: number[] = []
  for (let tried = 0; tried < 8 && found.length < enough; tried += 1) if (fits(shown, known, { row, column, tried })) found.push(tried)
  return found
}

interface Guess {
  readonly row: number
  readonly column: number
  readonly tried: number
}

/** Whether some numbers fill the hidden cells: a largest flow from rows to columns through them, where totals that nobody knows take anything. */
function fits(shown: Shown, { rowTotals, columnTotals }: Known, { row, column, tried }: Guess): boolean {
  const width = shown[0]?.length ?? 0
  const cell = (r: number, c: number) => (r === row && c === column ? tried : (shown[r]?.[c] ?? null))
  const restOf = (total: number | null | undefined, cells: readonly (number | null)[]) => (total === null || total === undefined ? Infinity : total - cells.reduce<number>((sum, count) => sum + (count ?? 0), 0))
  const rows = shown.map((_, r) => restOf(rowTotals[r], Array.from({ length: width }, (__, c) => cell(r, c))))
  const columns = Array.from({ length: width }, (_, c) => restOf(columnTotals[c], shown.map((__, r) => cell(r, c))))
  if ([...rows, ...columns].some((rest) => rest < 0)) return false
  return needsMet({ rows, columns, isOpen: (r, c) => cell(r, c) === null })
}

interface Needs {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly isOpen: (row: number, column: number) => boolean
}

/** Each known rest must be met exactly; unknown ones may take what is over. Augmenting paths, one unit at a time: the tables are small. */
function needsMet({ rows, columns, isOpen }: Needs): boolean {
  const flow = rows.map(() => columns.map(() => 0))
  const [sent, got] = [rows.map(() => 0), columns.map(() => 0)]
  const finite = (rests: readonly number[]) => rests.flatMap((rest, at) => (rest === Infinity ? [] : [at]))
  for (const r of finite(rows)) while ((sent[r] ?? 0) < (rows[r] ?? 0)) if (!push(`r${r}`, (c) => (got[c] ?? 0) < (columns[c] ?? 0))) return false
  // What a column still lacks comes from a row that may give anything, or is taken back from a column that may take anything.
  for (const c of finite(columns)) while ((got[c] ?? 0) < (columns[c] ?? 0)) if (!givers().some((giver) => push(giver, (other) => other === c))) return false
  return true

  function givers(): readonly string[] {
    const open = rows.flatMap((rest, r) => (rest === Infinity ? [`r${r}`] : []))
    return [...open, ...columns.flatMap((rest, c) => (rest === Infinity && (got[c] ?? 0) > 0 ? [`c${c}`] : []))]
  }

  function push(from: string, isEnd: (column: number) => boolean): boolean {
    const cameFrom = new Map<string, string | null>([[from, null]])
    const queue = [from]
    for (const node of queue) {
      const at = Number(node.slice(1))
      if (node.startsWith('c')) {
        if (node !== from && isEnd(at)) return trace(node, cameFrom, from)
        rows.forEach((_, r) => { if ((flow[r]?.[at] ?? 0) > 0) visit(`r${r}`, node) })
      } else columns.forEach((_, c) => { if (isOpen(at, c)) visit(`c${c}`, node) })
    }
    return false

    function visit(next: string, node: string): void {
      if (cameFrom.has(next)) return
      cameFrom.set(next, node)
      queue.push(next)
    }
  }

  function trace(end: string, cameFrom: ReadonlyMap<string, string | null>, from: string): boolean {
    let node = end
    for (let before = cameFrom.get(node); before !== null && before !== undefined; before = cameFrom.get(node)) {
      const forward = node.startsWith('c')
      const [r, c] = forward ? [Number(before.slice(1)), Number(node.slice(1))] : [Number(node.slice(1)), Number(before.slice(1))]
      const line = flow[r]
      if (line !== undefined) line[c] = (line[c] ?? 0) + (forward ? 1 : -1)
      node = before
    }
    const giver = Number(from.slice(1))
    if (from.startsWith('r')) sent[giver] = (sent[giver] ?? 0) + 1
    else got[giver] = (got[giver] ?? 0) - 1
    const c = Number(end.slice(1))
    got[c] = (got[c] ?? 0) + 1
    return true
  }
}
