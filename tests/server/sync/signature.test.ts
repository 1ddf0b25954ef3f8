import { describe, expect, it } from 'vitest'
import { createServerKeyPair, signText, verifyText } from '#server/auth/keys.ts'

describe('the signature of a seal', () => {
  const { publicKey, privateKey } = createServerKeyPair()
  const signed = (text: string) => ({ text, bytes: Buffer.from(signText(privateKey, text), 'base64url') })
  const isGood = (text: string, bytes: Uint8Array) => verifyText(publicKey, text, Buffer.from(bytes).toString('base64url'))

  it('[SE401] is good whatever its numbers begin with', () => {
    const firsts = { zero: 0, high: 0, low: 0 }
    for (let n = 0; n < 1500 || firsts.zero < 3; n += 1) {
      const { text, bytes } = signed(`text ${n}`)
      for (const first of [bytes[0] ?? 0, bytes[32] ?? 0]) firsts[first === 0 ? 'zero' : first >= 0x80 ? 'high' : 'low'] += 1
      expect(isGood(text, bytes)).toBe(true)
    }
    expect(Math.min(firsts.high, firsts.low)).toBeGreaterThan(100)
  })

  it('[SE401] is not good with any byte altered, of another length, without numbers, or of another text or key', () => {
    const { text, bytes } = signed('a hash')
    for (const at of bytes.keys()) expect(isGood(text, bytes.map((byte, place) => (place === at ? byte ^ 1 : byte)))).toBe(false)
    const [r, s] = [bytes.subarray(0, 32), bytes.subarray(32)]
    for (const other of [Buffer.alloc(0), r, Buffer.concat([Buffer.of(0), bytes]), Buffer.concat([bytes, Buffer.of(0)]), Buffer.alloc(64), Buffer.concat([s, r]), Buffer.alloc(64, 255), Buffer.concat([r, Buffer.alloc(32)])]) expect(isGood(text, other)).toBe(false)
    expect([isGood('another hash', bytes), verifyText(createServerKeyPair().publicKey, text, bytes.toString('base64url')), verifyText({ ...publicKey, x: 'A'.repeat(43) }, text, bytes.toString('base64url'))]).toEqual([false, false, false])
    expect(isGood(text, bytes)).toBe(true)
  })
})
