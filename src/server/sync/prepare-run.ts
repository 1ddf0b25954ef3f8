import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom, changeTypes, maxChangeBytes } from '#domain/change.ts'
import type { Change } from '#domain/change.ts'
import { changeIdSchema, entryIdSchema } from '#domain/ids.ts'
import type { CampaignId, DeviceId, Sha256 } from '#domain/ids.ts'
import { changeText, linkText } from '#protocol/chain.ts'
import type { PublicKey } from '#protocol/membership.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import type { Run } from '#protocol/sync-request.ts'
import { verifyText } from '#server/auth/keys.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { PreparedChange, StoredSeal } from '#server/store/store.ts'

export interface RunOrigin {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
  readonly publicKey: PublicKey
  /** The device is revoked or its membership has ended: what still comes is kept for a person to look at. */
  readonly isRevoked: boolean
}

export interface PreparedRun {
  readonly changes: readonly PreparedChange[]
  /** Null when the seal does not fit: then the whole run is unproven. */
  readonly seal: StoredSeal | null
}

/**
 * Everything expensive, before the transaction: reads each change by itself, computes the chain, and verifies the one
 * signature. A seal that does not fit quarantines the run; one change that does not fit quarantines that one only.
 */
export function prepareRun(origin: RunOrigin, run: Run): PreparedRun {
  const read = run.changes.map(readChange)
  const firstDeviceSeq = run.seal.deviceSeq - read.length + 1
  const links = linksOf(origin, { read, firstDeviceSeq, prevHash: run.prevHash })
  const isProven = links !== null && links.at(-1)?.hash === run.seal.hash && verifyText(origin.publicKey, run.seal.hash, run.seal.sig)
  if (!isProven) return { seal: null, changes: read.map((one) => ({ ...one.prepared, link: null, refused: 'bad-seal' })) }
  const { deviceSeq, hash, sig } = run.seal
  return {
    seal: { deviceId: origin.deviceId, deviceSeq, firstDeviceSeq, prevHash: run.prevHash, hash, sig },
    changes: read.map(({ prepared }, index) => ({ ...prepared, link: links[index] ?? null, refused: prepared.refused ?? (origin.isRevoked ? 'revoked-device' : null) })),
  }
}

interface ReadChange {
  readonly prepared: Omit<PreparedChange, 'link'>
  /** Null when it has no canonical form (lone surrogates, numbers beyond JSON): no device can have sealed that. */
  readonly hashed: { readonly deviceSeq: unknown; readonly changeHash: Sha256 } | null
}

/** Its place in the chain is a claim until the seal is verified; the order of the run must agree with it. */
function linksOf({ campaignId, deviceId }: RunOrigin, { read, firstDeviceSeq, prevHash }: { readonly read: readonly ReadChange[]; readonly firstDeviceSeq: number; readonly prevHash: Sha256 | null }): readonly NonNullable<PreparedChange['link']>[] | null {
  if (firstDeviceSeq < 1 || (firstDeviceSeq === 1) !== (prevHash === null)) return null
  const links: NonNullable<PreparedChange['link']>[] = []
  let before = prevHash
  for (const [index, { hashed }] of read.entries()) {
    const deviceSeq = firstDeviceSeq + index
    if (hashed === null || hashed.deviceSeq !== deviceSeq) return null
    const hash = sha256Of(linkText({ campaignId, deviceId }, { deviceSeq, changeHash: hashed.changeHash, prevHash: before }))
    links.push({ deviceSeq, prevHash: before, hash })
    before = hash
  }
  return links
}

/** One change by itself, read as far as it has the form of one; never throws. */
export function readChange(raw: unknown): ReadChange {
  const text = textOf(raw)
  const fields = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Readonly<Record<string, unknown>>) : {}
  const changeHash = hashOf(fields, raw)
  const { change, refused } = parsedBody(raw, text)
  const deviceSeq = fields['deviceSeq']
  // What is a change has been looked at in every part.
  const named = change ?? namedIn(fields)
  const prepared = { id: named.id, entryId: named.entryId, deviceSeq: named.deviceSeq, type: named.type, changeHash: changeHash ?? sha256Of(text), text, change, refused }
  return { prepared, hashed: changeHash === null ? null : { deviceSeq, changeHash } }
}

/** What can be told of something that is no change. */
function namedIn({ id: givenId, entryId: givenEntry, deviceSeq, type }: Readonly<Record<string, unknown>>): Pick<PreparedChange, 'id' | 'entryId' | 'deviceSeq' | 'type'> {
  const [id, entryId] = [v.safeParse(changeIdSchema, givenId), v.safeParse(entryIdSchema, givenEntry)]
  return {
    id: id.success ? id.output : null,
    entryId: entryId.success ? entryId.output : null,
    deviceSeq: typeof deviceSeq === 'number' && Number.isSafeInteger(deviceSeq) ? deviceSeq : null,
    type: typeof type === 'string' ? type.replaceAll(/[\p{Surrogate}\u0000]/gu, '').slice(0, 40) : null,
  }
}

function parsedBody(raw: unknown, text: string): { readonly change: Change | null; readonly refused: QuarantineReason | null } {
  if (Buffer.byteLength(text, 'utf8') > maxChangeBytes) return { change: null, refused: 'too-large' }
  const envelope = v.safeParse(changeEnvelopeSchema, raw)
  if (!envelope.success) return { change: null, refused: isNewer(raw) ? 'newer-version' : 'invalid' }
  const change = changeFrom(envelope.output)
  if (change !== null) return { change, refused: null }
  return { change: null, refused: (changeTypes as readonly string[]).includes(envelope.output.type) ? 'invalid' : 'newer-version' }
}

function isNewer(raw: unknown): boolean {
  return v.is(v.looseObject({ v: v.pipe(v.number(), v.integer(), v.minValue(2)) }), raw)
}

function hashOf(fields: Readonly<Record<string, unknown>>, raw: unknown): Sha256 | null {
  try {
    return raw === fields ? sha256Of(changeText(fields)) : null
  } catch {
    return null
  }
}

/** JSON.stringify fails on what is nested thousands deep, which no device writes; it is kept as a note that it came. */
function textOf(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? 'null'
  } catch {
    return '"nested too deeply to be kept"'
  }
}
