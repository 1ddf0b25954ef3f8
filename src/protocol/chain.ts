import type { ChangeEnvelope } from '#domain/change.ts'
import type { CampaignId, DeviceId, Sha256 } from '#domain/ids.ts'
import { canonicalJson } from '#protocol/jcs.ts'

/** SHA-256 of UTF-8 text as lowercase hex; WebCrypto on the device, node:crypto on the server. */
export type Digest = (text: string) => Promise<Sha256>
/** ECDSA P-256 with SHA-256 over UTF-8 text; base64url without padding of the IEEE P1363 form (r‖s). */
export type Sign = (text: string) => Promise<string>
export type Verify = (text: string, sig: string) => Promise<boolean>

/** What proves a run: the hash of its last change and the signature of that hash. */
export interface Seal {
  readonly deviceSeq: number
  readonly hash: Sha256
  readonly sig: string
}

export interface ChainPlace {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
}

/** One place in a device's chain, before it is hashed. */
export interface Link {
  readonly deviceSeq: number
  readonly changeHash: Sha256
  readonly prevHash: Sha256 | null
}

/** SHA-256(JCS(change without deviceSeq)): the same content keeps its hash when a rotated device numbers it anew. */
export async function hashChange(change: ChangeEnvelope, digest: Digest): Promise<Sha256> {
  return digest(changeText(change))
}

/** The text that a changeHash is taken of, for those who hash synchronously. Takes any object: one that is not valid has a hash too. */
export function changeText(change: Readonly<Record<string, unknown>>): string {
  const { deviceSeq: _, ...rest } = change
  return canonicalJson(rest)
}

/** hash(n) = SHA-256(JCS({campaignId, deviceId, deviceSeq: n, changeHash, prevHash})). */
export async function hashLink(place: ChainPlace, link: Link, digest: Digest): Promise<Sha256> {
  return digest(linkText(place, link))
}

/** The text that a chain hash is taken of. */
export function linkText({ campaignId, deviceId }: ChainPlace, { deviceSeq, changeHash, prevHash }: Link): string {
  return canonicalJson({ campaignId, deviceId, deviceSeq, changeHash, prevHash })
}

/** The chain of a run: per change its changeHash and its hash, in order. */
export async function hashRun(place: ChainPlace, prevHash: Sha256 | null, changes: readonly ChangeEnvelope[], digest: Digest): Promise<readonly { readonly changeHash: Sha256; readonly hash: Sha256 }[]> {
  const links: { changeHash: Sha256; hash: Sha256 }[] = []
  let prev = prevHash
  for (const change of changes) {
    const changeHash = await hashChange(change, digest)
    const hash = await hashLink(place, { deviceSeq: change.deviceSeq, changeHash, prevHash: prev }, digest)
    links.push({ changeHash, hash })
    prev = hash
  }
  return links
}

/** Seals a run: null for an empty one. */
export async function sealRun(place: ChainPlace, prevHash: Sha256 | null, changes: readonly ChangeEnvelope[], deps: { readonly digest: Digest; readonly sign: Sign }): Promise<Seal | null> {
  const last = changes.at(-1)
  const link = (await hashRun(place, prevHash, changes, deps.digest)).at(-1)
  if (last === undefined || link === undefined) return null
  return { deviceSeq: last.deviceSeq, hash: link.hash, sig: await deps.sign(link.hash) }
}

/** What a revision says: the author's content and the overlay beside it. */
export interface Revision {
  readonly content: unknown
  readonly corrections: Readonly<Record<string, { readonly value: unknown }>>
}

/** Content hash of a revision: SHA-256(JCS({content, corrections})), corrections as field → value. */
export async function hashContent(revision: Revision, digest: Digest): Promise<Sha256> {
  return digest(contentText(revision))
}

/** The text that a content hash is taken of. */
export function contentText({ content, corrections }: Revision): string {
  return canonicalJson({ content, corrections: Object.fromEntries(Object.entries(corrections).map(([field, { value }]) => [field, value])) })
}
