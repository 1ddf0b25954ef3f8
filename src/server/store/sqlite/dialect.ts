import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely'

/**
 * Kysely over node:sqlite. SqliteAdapter says that there is one connection, so Kysely's mutex hands it to one transaction
 * at a time: two async transactions can never interleave on it. Writers begin IMMEDIATE, because a lock that is upgraded
 * in the middle of a transaction fails at once (SQLITE_BUSY) whatever busy_timeout says.
 */
export function createNodeSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function createDriver(database: DatabaseSync): Driver {
  const connection = createConnection(database)
  const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement)).then(() => undefined)
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: (_connection, settings: TransactionSettings) => run(settings.accessMode === 'read only' ? 'begin' : 'begin immediate'),
    commitTransaction: () => run('commit'),
    rollbackTransaction: () => run('rollback'),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(database.close()),
  }
}

/** Statements are kept once prepared; the texts come from our own code, so there are only so many (capped all the same). */
const maxStatements = 500

function createConnection(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, Prepared>()
  const prepared = (text: string): Prepared => {
    const known = statements.get(text)
    if (known !== undefined) return known
    if (statements.size >= maxStatements) statements.clear()
    const statement = database.prepare(text)
    const made = { statement, isRead: statement.columns().length > 0 }
    statements.set(text, made)
    return made
  }
  return {
    executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      return new Promise((resolve) => resolve(execute<Row>(prepared(sql), parameters)))
    },
    async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
      for (const row of database.prepare(sql).iterate(...inputs(parameters))) yield { rows: [row as Row] }
    },
  }
}

interface Prepared {
  readonly statement: StatementSync
  /** A statement with result columns is read; SQLite knows that without running it. Asked once: to ask takes longer than most reads. */
  readonly isRead: boolean
}

function execute<Row>({ statement, isRead }: Prepared, parameters: readonly unknown[]): QueryResult<Row> {
  if (isRead) return { rows: statement.all(...inputs(parameters)) as Row[] }
  const { changes } = statement.run(...inputs(parameters))
  return { rows: [], numAffectedRows: BigInt(changes) }
}

/** Kysely types parameters as unknown; the table types of `schema.ts` allow nothing else than these. */
function inputs(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters as readonly SQLInputValue[]
}
