import { hash } from 'node:crypto'
import type { Chance, Sha256 } from '#domain/ids.ts'

/** 128 bits for an invite, 256 for a session, as base64url. High entropy, so a plain SHA-256 of it is safe to keep. */
export function createSecret(chance: Chance, bytes: 16 | 32): string {
  return Buffer.from(chance.bytes(bytes)).toString('base64url')
}

export function sha256Of(data: string | Uint8Array): Sha256 {
  return hash('sha256', data) as Sha256
}
