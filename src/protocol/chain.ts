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

/** SHA-256(JCS(change without deviceSeq)): the same content keeps its hash when a rotated device numbers it anew. */
export async function hashChange(change: ChangeEnvelope, digest: Digest): Promise<Sha256> {
  const { deviceSeq: _, ...rest } = change
  return digest(canonicalJson(rest))
}

/** hash(n) = SHA-256(JCS({campaignId, deviceId, deviceSeq: n, changeHash, prevHash})). */
export async function hashLink(place: ChainPlace, link: { readonly deviceSeq: number; readonly changeHash: Sha256; readonly prevHash: Sha256 | null }, digest: Digest): Promise<Sha256> {
  const { campaignId, deviceId } = place
  return digest(canonicalJson({ campaignId, deviceId, ...link }))
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

/** Content hash of a revision: SHA-256(JCS({content, corrections})), corrections as field → value. */
export async function hashContent(revision: { readonly content: unknown; readonly corrections: Readonly<Record<string, { readonly value: unknown }>> }, digest: Digest): Promise<Sha256> {
  const corrections = Object.fromEntries(Object.entries(revision.corrections).map(([field, { value }]) => [field, value]))
  return digest(canonicalJson({ content: revision.content, corrections }))
}
