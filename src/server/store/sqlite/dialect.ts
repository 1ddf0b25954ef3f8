import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { DatabaseConnection, Dialect, Driver, LimitNode, OffsetNode, QueryResult, TransactionSettings } from 'kysely'
import { isNote } from '#server/store/sql/kept-query.ts'
import { ofFile } from '#server/store/sqlite/of-file.ts'

/**
 * Kysely over node:sqlite. SqliteAdapter says that there is one connection, so Kysely's mutex hands it to one transaction
 * at a time: two async transactions can never interleave on it. Writers begin IMMEDIATE, because a lock that is upgraded
 * in the middle of a transaction fails at once (SQLITE_BUSY) whatever busy_timeout says.
 * @param path of its file, for whoever is told of an error
 */
export function createNodeSqliteDialect(database: DatabaseSync, path?: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database, path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new PlannedOnce(),
  }
}

/**
 * SQLite looks at the value of a limit that is bound as it stands, makes its plan for that value, and forgets the plan with each new binding:
 * ten times what most of these queries take. A limit that has to be computed first is not looked at.
 */
class PlannedOnce extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    super.visitLimit(node)
    this.append(' + 0')
  }

  protected override visitOffset(node: OffsetNode): void {
    super.visitOffset(node)
    this.append(' + 0')
  }
}

function createDriver(database: DatabaseSync, path: string | undefined): Driver {
  const connection = createConnection(database, path)
  const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement)).then(() => undefined)
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: (_connection, settings: TransactionSettings) => run(settings.accessMode === 'read only' ? 'begin' : 'begin immediate'),
    commitTransaction: () => run('commit'),
    // A full or failing disk has ended it already: to roll back what is not there would hide why.
    rollbackTransaction: () => (database.isTransaction ? run('rollback') : Promise.resolve()),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(database.close()),
  }
}

/** Statements are kept once prepared; the texts come from our own code, so there are only so many (capped all the same). */
const maxStatements = 500

function createConnection(database: DatabaseSync, path: string | undefined): DatabaseConnection {
  const statements = new Map<string, Prepared>()
  const prepared = (text: string): Prepared => {
    const known = statements.get(text)
    if (known !== undefined) return known
    if (statements.size >= maxStatements) statements.clear()
    const statement = database.prepare(text)
    const names = statement.columns().map(({ name }) => name)
    statement.setReturnArrays(true)
    const made = { statement, names }
    statements.set(text, made)
    return made
  }
  return {
    executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      return new Promise((resolve) => {
        try {
          const answer = () => execute<Row>(prepared(sql), parameters)
          resolve(isNote(parameters) && !database.isTransaction ? withoutDisk(database, answer) : answer())
        } catch (error) {
          throw ofFile(path, error)
        }
      })
    },
    async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
      try {
        // A statement of its own: what is kept may run again before this one has been read to its end.
        const statement = database.prepare(sql)
        const rowOf = rowMaker<Row>(statement.columns().map(({ name }) => name))
        statement.setReturnArrays(true)
        for (const values of statement.iterate(...inputs(parameters))) yield { rows: [rowOf(values as unknown as readonly SQLOutputValue[])] }
      } catch (error) {
        throw ofFile(path, error)
      }
    },
  }
}

/**
 * A commit that nobody waits for: in its log SQLite keeps the order of all commits, so when the power goes the last of these are missing and nothing else, and the
 * next one that waits for the disk has them with it (sqlite.org, "PRAGMA synchronous"). There is one connection, and nothing else runs on it meanwhile.
 */
function withoutDisk<Answer>(database: DatabaseSync, work: () => Answer): Answer {
  database.exec('pragma synchronous = normal')
  try {
    return work()
  } finally {
    database.exec('pragma synchronous = full')
  }
}

interface Prepared {
  readonly statement: StatementSync
  /** Of its result columns; a statement that has some is read. Asked once: to ask takes longer than most reads. */
  readonly names: readonly string[]
}

function execute<Row>({ statement, names }: Prepared, parameters: readonly unknown[]): QueryResult<Row> {
  if (names.length > 0) return { rows: (statement.all(...inputs(parameters)) as unknown as readonly (readonly SQLOutputValue[])[]).map(rowMaker<Row>(names)) }
  const { changes } = statement.run(...inputs(parameters))
  return { rows: [], numAffectedRows: BigInt(changes) }
}

/** Rows come as lists of values and are named here: node:sqlite would make the names of all columns anew for each row, which takes as long as reading it. */
function rowMaker<Row>(names: readonly string[]): (values: readonly SQLOutputValue[]) => Row {
  return (values) => {
    const row: Record<string, SQLOutputValue> = {}
    // By its place: to list names with their places makes a pair of each.
    for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at] as SQLOutputValue
    return row as Row
  }
}

/** Kysely types parameters as unknown; the table types of `schema.ts` allow nothing else than these. */
function inputs(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters as readonly SQLInputValue[]
}
