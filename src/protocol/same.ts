import type { Sha256 } from '#domain/ids.ts'

/** What a device knows of an answer before it comes, when nothing has happened that it has not done itself. */
export interface KnownState {
  readonly epoch: string
  readonly scope: string
  readonly safeSeq: number
  readonly campaignRevision: number
  /** Where its chain stands with what it sends, none of it missing. */
  readonly highDeviceSeq: number
  readonly hash: Sha256 | null
}

/** The text whose SHA-256 says it in few letters, as `same` of a request. */
export function sameText({ epoch, scope, safeSeq, campaignRevision, highDeviceSeq, hash }: KnownState): string {
  return [epoch, scope, safeSeq, campaignRevision, highDeviceSeq, hash ?? ''].join(' ')
}

/** 48 bits: one in 280 million million that something else is taken for the same. */
export function sameOf(digest: Sha256): string {
  return digest.slice(0, 12)
}
