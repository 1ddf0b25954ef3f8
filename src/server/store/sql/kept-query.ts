import { createHash } from 'node:crypto'
import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Asked, Db, Tx } from '#server/store/sql/db.ts'

/** Stands in a query for an argument that is not known yet. Whoever looks at it instead of handing it on is told so. */
class Slot {
  readonly leaf: number

  constructor(leaf: number) {
    this.leaf = leaf
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError('a kept query is put together without its arguments: they can only be handed on')
  }
}

/** Above either a query is put together anew: of so many rows at once there are as many shapes as numbers of them. */
const mostLeaves = 2100
const mostShapes = 100
/** A database that remembers queries by name holds each of them in each connection, the larger the more it asks for. */
const mostNamedLeaves = 100
/** What is remembered by name may not answer in other columns one day: in an upgrade, the old process goes on while the new one adds some. */
const anyColumn = /(?<!count\()\*/

/**
 * A query that is put together and compiled once, for each database and each shape of its arguments (how many elements, which columns), and
 * is run with other values ever after: to put it together costs more than SQLite takes to answer it. `build` may only hand its arguments on
 * as values; a comparison with null, or anything else that makes other words of it, stands in it or is another query.
 */
export function kept<Args extends readonly unknown[], Row>(build: (db: Db | Tx, ...args: Args) => Compilable<Row>): (db: Asked, ...args: Args) => Promise<readonly Row[]> {
  const queryOf = keptQuery(build)
  return async (db, ...args) => (await answerOf(db, queryOf(kyselyOf(db), args))).rows
}

/**
 * The same for a change whose answer says nothing: inside a transaction of PostgreSQL nobody waits for it (`postgres/sent-ahead.ts`). When it fails, the
 * next question or the commit says so, and nothing of the transaction is kept.
 */
export function keptChange<Args extends readonly unknown[]>(build: (db: Db | Tx, ...args: Args) => Compilable): (db: Asked, ...args: Args) => Promise<void> {
  return changeMarkedIn([unanswered], build)
}

/**
 * The same for what is told again before long, as when somebody was last heard of: by itself, it need not be on the disk before it is answered, and SQLite does
 * not wait for that (`sqlite/dialect.ts`). Within a transaction it is kept or lost with the transaction.
 */
export function keptNote<Args extends readonly unknown[]>(build: (db: Db | Tx, ...args: Args) => Compilable): (db: Asked, ...args: Args) => Promise<void> {
  return changeMarkedIn([unanswered, notes], build)
}

/** The same where somebody looks at what was written: leases, which those who hold them tell again each second and which a power cut ends together with them. */
export function keptLease<Args extends readonly unknown[], Row>(build: (db: Db | Tx, ...args: Args) => Compilable<Row>): (db: Asked, ...args: Args) => Promise<Row | undefined> {
  const queryOf = keptQuery(build)
  return async (db, ...args) => {
    const query = queryOf(kyselyOf(db), args)
    notes.add(query.parameters)
    return (await answerOf(db, query)).rows[0]
  }
}

function changeMarkedIn<Args extends readonly unknown[]>(marks: readonly WeakSet<readonly unknown[]>[], build: (db: Db | Tx, ...args: Args) => Compilable): (db: Asked, ...args: Args) => Promise<void> {
  const queryOf = keptQuery(build)
  return async (db, ...args) => {
    const query = queryOf(kyselyOf(db), args)
    for (const mark of marks) mark.add(query.parameters)
    await answerOf(db, query)
  }
}

/** By the list of values, which alone of a query comes to the driver as it is. */
const unanswered = new WeakSet<readonly unknown[]>()
const notes = new WeakSet<readonly unknown[]>()

/** Whether nobody looks at the answer to the query with these values. */
export function isUnanswered(values: unknown): boolean {
  return Array.isArray(values) && unanswered.has(values)
}

/** Whether what the query with these values writes may be forgotten when the power goes. */
export function isNote(values: readonly unknown[]): boolean {
  return notes.has(values)
}

function kyselyOf(db: Asked): Db | Tx {
  return 'tx' in db ? db.tx : db
}

/** What is compiled needs nothing of Kysely any more but a connection: its plugins, of which there are none, and its ways to break a query off cost as much as a small query. */
function answerOf<Row>(db: Asked, query: CompiledQuery<Row>): Promise<QueryResult<Row>> {
  return 'tx' in db ? db.connection.executeQuery<Row>(query) : db.getExecutor().provideConnection((connection) => connection.executeQuery<Row>(query))
}

function keptQuery<Args extends readonly unknown[], Row>(build: (db: Db | Tx, ...args: Args) => Compilable<Row>): (db: Db | Tx, args: Args) => CompiledQuery<Row> {
  const byDatabase = new Map<unknown, Map<string, KeptQuery<Row>>>()
  return (db, args) => {
    const leaves: unknown[] = []
    const shape = shapeOf(args, leaves)
    if (leaves.length > mostLeaves) return build(db, ...args).compile()
    const database = db.getExecutor().adapter.constructor
    const known = byDatabase.get(database) ?? new Map<string, KeptQuery<Row>>()
    byDatabase.set(database, known)
    const query = known.get(shape) ?? keptOf(build(db, ...(slotted(args, { next: 0 }) as Args)).compile(), leaves.length)
    if (known.size < mostShapes && !known.has(shape)) {
      known.set(shape, query)
      if (leaves.length <= mostNamedLeaves && !anyColumn.test(query.compiled.sql)) nameText(query.compiled.sql)
    }
    const { compiled, isInOrder } = query
    return { ...compiled, parameters: isInOrder ? leaves : compiled.parameters.map((parameter) => (parameter instanceof Slot ? leaves[parameter.leaf] : parameter)) }
  }
}

interface KeptQuery<Row> {
  readonly compiled: CompiledQuery<Row>
  /** Its values are the arguments' own, each once and in their order, as those of rows are. */
  readonly isInOrder: boolean
}

function keptOf<Row>(compiled: CompiledQuery<Row>, leaves: number): KeptQuery<Row> {
  return { compiled, isInOrder: compiled.parameters.length === leaves && compiled.parameters.every((parameter, at) => parameter instanceof Slot && parameter.leaf === at) }
}

/** Of the texts that are kept; there are only so many. */
const names = new Map<string, string>()

/** By what it says, and by no number: where a pooler gave a session on, the same number would be another process's query, and our values would go into that. */
function nameText(text: string): void {
  if (!names.has(text)) names.set(text, `kept_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`)
}

/** The name of a kept query, by its text, for a database that remembers queries by name; the same in every process. */
export function keptName(text: string): string | undefined {
  return names.get(text)
}

/** The first row, or undefined. */
export function keptOne<Args extends readonly unknown[], Row>(build: (db: Db | Tx, ...args: Args) => Compilable<Row>): (db: Asked, ...args: Args) => Promise<Row | undefined> {
  const rowsOf = kept(build)
  return async (db, ...args) => (await rowsOf(db, ...args))[0]
}

/** How the arguments are made, in words; their values, in the same order, go into `leaves`. What is undefined is no value: a column that is not set. */
function shapeOf(value: unknown, leaves: unknown[], before: Columns = { names: [], shape: '' }): string {
  if (value === undefined) return '-'
  if (Array.isArray(value)) return `[${shapesOf(value, leaves)}]`
  if (isRecord(value)) return rowShape(value, leaves, before)
  leaves.push(value)
  return '.'
}

/** Of rows that are made alike how one is made and how many there are: told one by one, their columns are as much text as what stands in them. */
function shapesOf(values: readonly unknown[], leaves: unknown[]): string {
  const columns: Columns = { names: [], shape: '' }
  let [shapes, last, times] = ['', '', 0]
  for (const value of values) {
    const shape = shapeOf(value, leaves, columns)
    if (times > 0 && shape !== last) {
      shapes += `${last}*${times}`
      times = 0
    }
    last = shape
    times += 1
  }
  return times === 0 ? '' : `${shapes}${last}*${times}`
}

/** The columns of the row before, and how a row with values in all of them is made. */
interface Columns {
  names: readonly string[]
  shape: string
}

/** A row has many columns, and nearly all of them are values: what is none is told behind their names. */
function rowShape(row: Readonly<Record<string, unknown>>, leaves: unknown[], before: Columns): string {
  let [others, count, isSame] = ['', 0, true]
  // The engine reads the columns of a plain record in turn without making a list of them, nor looking each up.
  for (const name in row) {
    if (name !== before.names[count]) isSame = false
    count += 1
    const inner = row[name]
    if (inner === null || typeof inner === 'string' || typeof inner === 'number') leaves.push(inner)
    else others += `${name}${shapeOf(inner, leaves)}`
  }
  if (others !== '') return `{${Object.keys(row).join()}:${others}}`
  if (!isSame || count !== before.names.length) Object.assign(before, { names: Object.keys(row), shape: `{${Object.keys(row).join()}:}` })
  return before.shape
}

function slotted(value: unknown, count: { next: number }): unknown {
  if (value === undefined) return undefined
  if (Array.isArray(value)) return value.map((inner) => slotted(inner, count))
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, slotted(inner, count)]))
  count.next += 1
  return new Slot(count.next - 1)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
