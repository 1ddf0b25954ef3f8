import { createHash, createPublicKey, verify, webcrypto } from 'node:crypto'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { changeEnvelopeSchema } from '#domain/change.ts'
import type { CampaignId, DeviceId, Sha256 } from '#domain/ids.ts'
import { changeText, contentText, hashChange, hashContent, hashLink, hashRun, linkText, sealRun } from '#protocol/chain.ts'
import { sessionText } from '#protocol/membership.ts'
import { sameOf, sameText } from '#protocol/same.ts'
import type { KnownState } from '#protocol/same.ts'
import { vectors } from '../support/vectors.ts'

const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex') as Sha256)
const place = { campaignId: vectors.campaignId as CampaignId, deviceId: vectors.deviceId as DeviceId }
const changes = vectors.chain.map(({ change }) => v.parse(changeEnvelopeSchema, change))
const byNode = (text: string, sig: string) =>
  verify('sha256', Buffer.from(text), { key: createPublicKey({ key: vectors.publicKey, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(sig, 'base64url'))

async function byWebCrypto(text: string, sig: string): Promise<boolean> {
  const key = await webcrypto.subtle.importKey('jwk', { ...vectors.publicKey }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  return webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(sig, 'base64url'), Buffer.from(text))
}

describe('the chain of a device, against the published vectors', () => {
  it.each(vectors.chain)('[PR3] change $change.deviceSeq has the text, the hash and the link that are published', async ({ change, canonical, changeHash, prevHash, link, hash }) => {
    expect(changeText(change)).toBe(canonical)
    expect(await hashChange(v.parse(changeEnvelopeSchema, change), digest)).toBe(changeHash)
    const unhashed = { deviceSeq: change.deviceSeq, changeHash: changeHash as Sha256, prevHash: prevHash as Sha256 | null }
    expect(linkText(place, unhashed)).toBe(link)
    expect(await hashLink(place, unhashed, digest)).toBe(hash)
  })

  it('[PR3] a run of all of them ends in the sealed hash, in one run or in two', async () => {
    const whole = await hashRun(place, null, changes, digest)
    expect(whole.at(-1)?.hash).toBe(vectors.seal.hash)
    const head = await hashRun(place, null, changes.slice(0, 1), digest)
    expect((await hashRun(place, head[0]?.hash ?? null, changes.slice(1), digest)).at(-1)?.hash).toBe(vectors.seal.hash)
  })

  it('[PR4] the published signatures are verified by WebCrypto and by node alike, and no other text is', async () => {
    for (const [text, sig] of [[vectors.seal.hash, vectors.seal.sig], [vectors.session.text, vectors.session.sig]] as const) {
      expect([byNode(text, sig), await byWebCrypto(text, sig)]).toEqual([true, true])
      expect([byNode(`${text} `, sig), await byWebCrypto(`${text} `, sig)]).toEqual([false, false])
    }
    expect(sessionText(vectors.session.challenge, vectors.session.deviceId)).toBe(vectors.session.text)
  })

  it('[PR5] a change keeps its hash when a rotated device numbers it anew, and loses it with any other field', async () => {
    const [first] = changes
    if (first === undefined) throw new Error('no vector')
    const hash = await hashChange(first, digest)
    expect(await hashChange({ ...first, deviceSeq: 99 }, digest)).toBe(hash)
    for (const other of [{ salt: 'B'.repeat(22) }, { recordedAt: '2020-01-01T00:00:00Z' as never }, { body: {} }, { unknownField: 1 }]) expect(await hashChange({ ...first, ...other }, digest)).not.toBe(hash)
  })

  it('[PR6] a revision is hashed over the author’s content and the overlay, without who laid it there', async () => {
    const { revision, canonical, contentHash } = vectors.content
    expect(contentText(revision)).toBe(canonical)
    expect(await hashContent({ ...revision, corrections: { topic: { value: 'HEA', memberId: 'ruth' } as never } }, digest)).toBe(contentHash)
    expect(await hashContent({ ...revision, corrections: {} }, digest)).not.toBe(contentHash)
  })

  it('[PR7] an empty run has no seal, and a seal names the last change', async () => {
    const sign = (text: string) => Promise.resolve(`signed ${text}`)
    expect(await sealRun(place, null, [], { digest, sign })).toBeNull()
    expect(await sealRun(place, null, changes, { digest, sign })).toEqual({ deviceSeq: 3, hash: vectors.seal.hash, sig: `signed ${vectors.seal.hash}` })
  })
})

it('[PR35] what a device knows of an answer beforehand has the letters that are published', () => {
  const { state, text, same } = vectors.same
  const known = { ...state, hash: state.hash as Sha256 }
  expect([sameText(known), sameOf(createHash('sha256').update(text).digest('hex') as Sha256)]).toEqual([text, same])
  const others: readonly KnownState[] = [{ ...known, epoch: 'x' }, { ...known, scope: 'x' }, { ...known, safeSeq: 8 }, { ...known, campaignRevision: 3 }, { ...known, highDeviceSeq: 4 }, { ...known, hash: null }]
  expect(new Set([text, ...others.map(sameText)]).size).toBe(7)
})
