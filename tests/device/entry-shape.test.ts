import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { changeBodySchemas } from '#domain/change.ts'
import type { ChangeType, KnownChange } from '#domain/change.ts'
import type { EntryId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { writeMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'
import { entryShape } from '#device/store/rows.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { aChallenge } from '../support/contents.ts'
import { newDatabaseName } from '../support/phone.ts'

/** What stands in the row of an entry, by the number of its shape. */
const shapes = v.parse(v.record(v.string(), v.array(v.string())), JSON.parse(readFileSync(new URL('entry-shapes.json', import.meta.url), 'utf8')))

it('[DS147] what is stored of a folded entry has the shape that is written down under its number: where the app reads what older rows lack, the number is raised', async () => {
  const db = new DeviceDatabase(newDatabaseName())
  await writeMeta(db, 'pull', { seq: 10, epoch: 'one', safeSeq: 10 } as never)
  const rows: unknown[] = []
  for (const history of [decided, contested, withdrawn]) {
    await db.changes.clear()
    await db.changes.bulkPut(history.map((known) => changeRow(known)))
    await db.write([db.changes, db.entries, db.meta], () => refold(db, new Set([id(0) as EntryId])))
    rows.push(...(await db.entries.toArray()))
  }
  db.shut()
  expect(rows).toHaveLength(3)
  const found = new Map<string, Set<string>>()
  for (const row of rows) look('', row, found)
  const shape = [...found].map(([path, kinds]) => `${path}: ${[...kinds].toSorted().join(' or ')}`).toSorted()
  expect(shape).toEqual(shapes[entryShape])
})

/** What a form asks for is read by the schema of the form, and corrections stand under the field that they correct. */
function look(path: string, value: unknown, found: Map<string, Set<string>>): void {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  if (path !== '') found.set(path, (found.get(path) ?? new Set<string>()).add(kind))
  if (Array.isArray(value)) for (const one of value) look(`${path}[]`, one, found)
  else if (kind === 'object' && !path.endsWith('content')) for (const [key, part] of Object.entries(value as object)) look(`${path}${path === '' ? '' : '.'}${path.endsWith('corrections') ? '*' : key}`, part, found)
}

interface About { readonly by?: string; readonly base?: number; readonly isSent?: boolean }

/** The n-th change of the entry, upon the one before unless said otherwise. */
function step(n: number, type: ChangeType, body: object, { by = 'author', base = n - 1, isSent = true }: About = {}): KnownChange {
  const change = { v: 1, id: id(n), entryId: id(0), deviceSeq: n, type, base: base === 0 ? null : id(base), body: v.parse(changeBodySchemas[type], body), salt: 's'.repeat(22), recordedAt: '2026-03-01T08:00:00Z', appVersion: 'test' }
  return { change, seq: isSent ? n : null, deviceId: `device ${n}`, memberId: by, receivedAt: isSent ? '2026-03-01T09:00:00Z' : null, quarantined: false, ...(isSent ? { ref: 'C-000001' } : {}) } as unknown as KnownChange
}

/** As a pull stores it, or, of what no server has, as this device wrote it. */
function changeRow({ change, seq, deviceId, memberId, receivedAt, ref, quarantined }: KnownChange): ChangeRow {
  const own = seq === null
  return { sv: 1, id: change.id, entryId: change.entryId, own, ...(own ? { ownSeq: change.deviceSeq } : {}), change, seq, deviceId, memberId, receivedAt, ref, quarantined, bytes: 1 } as unknown as ChangeRow
}

function id(n: number): string {
  return `20000000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

const [question, another, hash] = [id(201), id(202), 'a'.repeat(64)]
const record = step(1, 'record', { content: aChallenge() })

const decided = [
  record,
  step(2, 'decide', { revision: id(1), contentHash: hash, verdict: 'askBack', reason: 'Two things.', questions: [{ id: question, field: 'placeName', text: 'Where?' }, { id: another, field: 'severity', text: 'Is it so bad?' }] }, { by: 'ruth' }),
  step(3, 'revise', { set: { placeName: 'Here' }, unset: [], answers: [question] }),
  step(4, 'correct', { set: { placeName: 'There' }, unset: [] }, { by: 'ruth' }),
  step(5, 'decide', { revision: id(4), contentHash: hash, verdict: 'approve', questions: [], grades: { reliability: 'B', credibility: '2' } }, { by: 'ruth' }),
  step(6, 'comment', { text: 'Thank you.', lang: 'en' }, { by: 'ruth' }),
  step(7, 'comment', { text: 'Gladly.', lang: 'en', replyTo: id(6) }),
  step(8, 'link', { to: id(99), kind: 'duplicateOf' }, { by: 'ruth' }),
  step(9, 'link', { to: id(98), kind: 'answers', coverage: 'partly' }),
  step(10, 'fileStored', { sha256: hash, entryId: id(0) }, { by: 'server' }),
]

const contested = [
  record, step(2, 'revise', { set: { placeName: 'Here' }, unset: [], answers: [] }, { base: 1 }), step(3, 'revise', { set: { placeName: 'There' }, unset: [], answers: [] }, { base: 1 }),
  step(4, 'comment', { text: 'Not sent yet.', lang: 'en' }, { isSent: false }),
]

const withdrawn = [step(1, 'record', { content: aChallenge() }, { isSent: false }), step(2, 'withdraw', { reason: 'Written twice.' }, { isSent: false })]
