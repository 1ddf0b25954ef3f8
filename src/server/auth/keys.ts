import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { publicKeySchema } from '#protocol/membership.ts'
import type { PublicKey } from '#protocol/membership.ts'

/** A fresh P-256 pair, to sign with or to be sealed for, never both: the public part as JWK, the private part as PKCS8 PEM. */
export function createServerKeyPair(): { readonly publicKey: PublicKey; readonly privateKey: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' })
  return { publicKey: v.parse(publicKeySchema, { kty, crv, x, y }), privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** ECDSA P-256 with SHA-256 over UTF-8 text, IEEE P1363 form, base64url without padding: as devices sign. */
export function signText(privateKey: string, text: string): string {
  return sign('sha256', Buffer.from(text, 'utf8'), { key: createPrivateKey(privateKey), dsaEncoding: 'ieee-p1363' }).toString('base64url')
}

/** Checking a key takes as long as checking a signature: those who send are known from their last request. */
const maxKnownKeys = 2000
const knownKeys = new Map<string, KeyObject>()

function keyOf(publicKey: PublicKey): KeyObject {
  const name = `${publicKey.x} ${publicKey.y}`
  const key = knownKeys.get(name) ?? createPublicKey({ key: { ...publicKey }, format: 'jwk' })
  // Last used, last forgotten.
  knownKeys.delete(name)
  knownKeys.set(name, key)
  for (const oldest of knownKeys.keys()) {
    if (knownKeys.size <= maxKnownKeys) break
    knownKeys.delete(oldest)
  }
  return key
}

/** False also for a key that is no point on the curve. */
export function verifyText(publicKey: PublicKey, text: string, sig: string): boolean {
  const der = derOf(Buffer.from(sig, 'base64url'))
  if (der === null) return false
  try {
    return verify('sha256', Buffer.from(text, 'utf8'), keyOf(publicKey), der)
  } catch {
    return false
  }
}

/** Of r and s of a P-256 signature. */
const numberBytes = 32

/**
 * A signature of two numbers as ASN.1 writes it (RFC 3279, 2.2.3), which OpenSSL takes as it is: made of the other form by Node it takes half as long again to check
 * (`src/server/sync/README.md`). Null: not of the length that two such numbers have.
 */
function derOf(sig: Buffer): Buffer | null {
  if (sig.length !== 2 * numberBytes) return null
  const numbers = Buffer.concat([derNumber(sig.subarray(0, numberBytes)), derNumber(sig.subarray(numberBytes))])
  return Buffer.concat([Buffer.of(0x30, numbers.length), numbers])
}

/** Without zeros in front, but one where the first bit would make it negative. */
function derNumber(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = bytes.subarray(first === -1 ? numberBytes - 1 : first)
  const isNegative = (digits[0] ?? 0) >= 0x80
  return Buffer.concat([Buffer.from(isNegative ? [0x02, digits.length + 1, 0] : [0x02, digits.length]), digits])
}
