/** Asks one statement of a database past the store. */
export type Raw = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>

/**
 * Makes many times as many entries of those that are there, inside the database, for sizes that would take the store's own append half
 * an hour. Every copy has ids, refs and places of its own, in its rows and in its texts; only hashes are those of the first, so such a
 * database is for reading and for appending, and `verify` would find it altered.
 */
export async function multiply(raw: Raw, times: number): Promise<void> {
  if (times > 10) throw new Error('a ref has one digit for it')
  const [counter] = await raw('select seq from counters')
  const reach = Number(counter?.['seq'])
  for (const table of tables) {
    const columns = await columnsOf(raw, table)
    for (let copy = 1; copy < times; copy += 1) {
      const values = columns.map((column) => valueOf(table, column, { copy, shift: copy * reach }))
      await raw(`insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')}) select ${values.join(', ')} from ${table} where ${isFirst[table]} ${columns.includes('seq') ? `and seq <= ${reach}` : ''}`)
    }
  }
  await raw(`update counters set seq = ${times * reach}, challenge_ref = 1000000, action_ref = 1000000`)
  await raw('analyze')
}

/** PostgreSQL makes an index of all rows faster than it adds each of them to it. */
export async function multipliedInPostgres(raw: Raw, times: number): Promise<void> {
  const indexes = await raw(`select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename in (${tables.map((table) => `'${table}'`).join()}) and indexname not in (select conname from pg_constraint)`)
  await raw(`set maintenance_work_mem = '512MB'`)
  for (const { indexname } of indexes) await raw(`drop index "${String(indexname)}"`)
  await multiply(raw, times)
  for (const { indexdef } of indexes) await raw(String(indexdef))
}

/** All that hold something of an entry here: files are written from `disclosed_entries`. */
const tables = ['changes', 'entries', 'entry_files', 'disclosed_entries'] as const
/** Ids begin with the time; that of the copies is in years to come. */
const isFirst: Readonly<Record<(typeof tables)[number], string>> = { changes: `id like '01%'`, entries: `id like '01%'`, entry_files: `entry_id like '01%'`, disclosed_entries: `entry_id like '01%'` }
const copied = (column: string, copy: number) => `'0${(copy + 1).toString(16)}' || substr(${column}, 3)`
const copiedRef = (copy: number) => `substr(ref, 1, 2) || '${copy}' || substr(ref, 4)`

function valueOf(table: string, column: string, { copy, shift }: { readonly copy: number; readonly shift: number }): string {
  if (['id', 'entry_id', 'key'].includes(column)) return copied(`"${column}"`, copy)
  if (['seq', 'since_seq', 'touched_seq'].includes(column)) return `"${column}" + ${shift}`
  if (column === 'ref') return copiedRef(copy)
  if (column === 'text') return `replace(text, '"01', '"0${(copy + 1).toString(16)}')`
  if (table === 'entries' && column === 'row') return `replace(replace("row", id, ${copied('id', copy)}), ref, ${copiedRef(copy)})`
  if (table === 'disclosed_entries' && column === 'body') return `replace(replace("body", entry_id, ${copied('entry_id', copy)}), ref, ${copiedRef(copy)})`
  return `"${column}"`
}

/** Those that are written, in either database. */
async function columnsOf(raw: Raw, table: string): Promise<readonly string[]> {
  const rows = await raw(`select * from ${table} limit 1`)
  return Object.keys(rows[0] ?? {})
}
