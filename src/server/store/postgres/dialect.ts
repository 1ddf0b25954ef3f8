import { PostgresDialect, PostgresQueryCompiler, ValueNode } from 'kysely'
import type { LimitNode, QueryCompiler } from 'kysely'
import type { Pool } from 'pg'

/** Kysely over a pool, in words that PostgreSQL plans once. */
export function createPostgresDialect(pool: Pool): PostgresDialect {
  return new PlannedOnceDialect({ pool })
}

class PlannedOnceDialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new PlannedOnce()
  }
}

/**
 * Of a limit that is handed over PostgreSQL supposes that it is a tenth of all rows, finds that a plan for the very values would be cheaper, and makes one
 * each time, which takes several times what such a query takes. So a limit that always is the same is written into the query.
 */
class PlannedOnce extends PostgresQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node
    if (ValueNode.is(limit) && typeof limit.value === 'number' && Number.isSafeInteger(limit.value)) this.append(`limit ${limit.value}`)
    else super.visitLimit(node)
  }
}
