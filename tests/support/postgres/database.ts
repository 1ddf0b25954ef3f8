import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { migratedName } from './global-setup.ts'

export interface TestDatabase {
  readonly url: string
  /** One statement on a connection of its own, as an operator would send it. */
  readonly query: (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  readonly drop: () => Promise<void>
}

/** A fresh database on the PostgreSQL of this run, with the tables that a server makes at its first start and nothing in them; or without them. */
export async function createDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const response = await fetch(inject('postgresBroker'))
  if (!response.ok) throw new Error(await response.text())
  const admin = await response.text()
  const name = `terrain_${randomBytes(6).toString('hex')}`
  await queryOn(admin, `create database ${name}${isEmpty ? '' : ` template ${migratedName}`}`)
  const url = admin.replace(/\/postgres$/, `/${name}`)
  return {
    url,
    query: (statement) => queryOn(url, statement),
    drop: async () => void (await queryOn(admin, `drop database if exists ${name} with (force)`)),
  }
}

async function queryOn(url: string, statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}
