import { createHash } from 'node:crypto'
import type { EntryId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { aChallenge } from './contents.ts'
import type { RealPhone } from './real-phone.ts'

export const secretWords = ['The well behind the school of Kajulu', 'Grandmother Adhiambo says', 'Dispensaire Saint-Luc']

/** Words of a person and a photo that nobody can mistake: found anywhere else, they have leaked. */
export async function savedSecret({ device }: Pick<RealPhone, 'device'>, n: number, photoBytes: number): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge({ description: `${secretWords[n % secretWords.length]}, ${n}.` }), consentPhoto: true } })
  const added = await device.addPhoto(draft.id, { bytes: photoOf(n, photoBytes), type: 'image/webp', width: 1600, height: 1200, thumb: photoOf(n + 10_000, 2_000) })
  const saved = await device.saveDraft(draft.id)
  if (!added.ok || !saved.ok) throw new Error('not saved')
  return saved.value
}

/** Bytes that no compression shortens, the same for the same number. */
export function photoOf(n: number, bytes: number): ArrayBuffer {
  const photo = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 32) photo.set(createHash('sha256').update(`photo ${n} ${at}`).digest().subarray(0, Math.min(32, bytes - at)), at)
  return photo.buffer
}

/** Every byte that a phone keeps, as one text of Latin-1: what a byte scan reads. */
export async function storedBytes(databaseName: string): Promise<string> {
  const db = new DeviceDatabase(databaseName)
  await db.open()
  const parts: string[] = []
  for (const table of db.tables) for (const row of await table.toArray()) gather(row, parts)
  db.shut()
  return parts.join('\n')
}

function gather(value: unknown, parts: string[]): void {
  if (value instanceof ArrayBuffer) parts.push(Buffer.from(value).toString('latin1'))
  else if (typeof value === 'string') parts.push(Buffer.from(value).toString('latin1'))
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) gather(inner, parts)
}
