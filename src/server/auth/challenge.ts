import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Chance, Clock } from '#domain/ids.ts'

/** Enough for a phone on 2G that has to wake up and sign. */
export const challengeLifeMs = 5 * 60_000

/** `expiry.nonce.mac`: nothing is kept, so any server process that has the key can check it. */
export function createChallenge(deps: { readonly clock: Clock; readonly chance: Chance; readonly serverKey: Uint8Array }): { readonly challenge: string; readonly expiresMs: number } {
  const expiresMs = deps.clock.now() + challengeLifeMs
  const payload = `${expiresMs.toString(36)}.${Buffer.from(deps.chance.bytes(16)).toString('base64url')}`
  return { challenge: `${payload}.${macOf(deps.serverKey, payload)}`, expiresMs }
}

export function isChallengeGood(deps: { readonly clock: Clock; readonly serverKey: Uint8Array }, challenge: string): boolean {
  const [expiry, nonce, mac] = challenge.split('.')
  if (expiry === undefined || nonce === undefined || mac === undefined) return false
  const expected = Buffer.from(macOf(deps.serverKey, `${expiry}.${nonce}`))
  const given = Buffer.from(mac)
  const leftMs = Number.parseInt(expiry, 36) - deps.clock.now()
  // One with much more than its life before it was made by a clock that has been set back since: whether it was used is not remembered until then.
  return given.length === expected.length && timingSafeEqual(given, expected) && leftMs > 0 && leftMs <= 2 * challengeLifeMs
}

function macOf(serverKey: Uint8Array, payload: string): string {
  return createHmac('sha256', serverKey).update(`terrain-challenge:${payload}`).digest('base64url')
}
