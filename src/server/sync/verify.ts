import { changeText, linkText } from '#protocol/chain.ts'
import type { CampaignId, DeviceId, Sha256 } from '#domain/ids.ts'
import { verifyText } from '#server/auth/keys.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { Store, StoredChange, StoredLink, StoredSeal } from '#server/store/store.ts'

/** What is wrong, and where: `at` is a seq for changes and gaps, a deviceSeq for links and seals, the number of a published report. */
export interface Fault {
  readonly kind: 'change-hash' | 'seq-gap' | 'change-without-link' | 'link-hash' | 'chain-broken' | 'link-unsealed' | 'seal-without-link' | 'seal-signature' | 'unknown-device' | 'issue-digest'
  readonly device: DeviceId | null
  readonly at: number
}

export interface Verification {
  readonly changes: number
  readonly links: number
  readonly seals: number
  readonly erased: number
  readonly quarantined: number
  /** Places in chains that never arrived: not a fault, but somebody may still hold them. */
  readonly missing: number
  readonly faults: readonly Fault[]
}

const pageSize = 1000

/** Recomputes every hash, every chain and every seal of a campaign from what is stored; for `terrain verify`. */
export async function verifyCampaign(store: Store, campaign: CampaignId): Promise<Verification> {
  const [links, seals, devices] = [await store.changes.links(campaign), await store.changes.seals(campaign), await store.members.devices(campaign)]
  const keys = new Map(devices.map((device) => [device.id, device.publicKey] as const))
  const changes = await verifyChanges(store, campaign, new Set(links.map(({ changeHash }) => changeHash)))
  const linksByDevice = grouped(links)
  const sealFaults = seals.flatMap((seal): readonly Fault[] => {
    const key = keys.get(seal.deviceId)
    const fault = (kind: Fault['kind']): Fault => ({ kind, device: seal.deviceId, at: seal.deviceSeq })
    if (key === undefined) return [fault('unknown-device')]
    const link = linksByDevice.get(seal.deviceId)?.get(seal.deviceSeq)
    return [...(link?.hash === seal.hash ? [] : [fault('seal-without-link')]), ...(verifyText(key, seal.hash, seal.sig) ? [] : [fault('seal-signature')])]
  })
  return {
    ...changes, links: links.length, seals: seals.length, missing: devices.reduce((sum, device) => sum + device.missing.length, 0),
    faults: [...changes.faults, ...verifyLinks(campaign, { linksByDevice, seals }), ...sealFaults, ...(await issueFaults(store, campaign))],
  }
}

/** Published reports are what they were; of one that lost words of an erased entry nobody can say. */
async function issueFaults({ reports }: Store, campaign: CampaignId): Promise<readonly Fault[]> {
  const issues = await Promise.all((await reports.issues(campaign)).map(({ number }) => reports.issue(campaign, number)))
  return issues.flatMap((issue): readonly Fault[] => (issue === null || issue.isRedacted || sha256Of(issue.document) === issue.digest ? [] : [{ kind: 'issue-digest', device: null, at: issue.number }]))
}

/** Changes: their own hash, a gapless seq up to the head, and a link for each that is said to be proven. */
async function verifyChanges(store: Store, campaign: CampaignId, linked: ReadonlySet<Sha256>): Promise<Pick<Verification, 'changes' | 'erased' | 'quarantined' | 'faults'>> {
  const faults: Fault[] = []
  const counts = { changes: 0, erased: 0, quarantined: 0 }
  let last = 0
  for (;;) {
    const page = await store.changes.scan(campaign, last, pageSize)
    for (const change of page) {
      if (change.seq !== last + 1) faults.push({ kind: 'seq-gap', device: null, at: last + 1 })
      last = change.seq
      counts.changes += 1
      counts.erased += change.erasedAt === null ? 0 : 1
      counts.quarantined += change.quarantined === null ? 0 : 1
      if (!isHashRight(change)) faults.push({ kind: 'change-hash', device: change.deviceId, at: change.seq })
      if (change.proven && !linked.has(change.changeHash)) faults.push({ kind: 'change-without-link', device: change.deviceId, at: change.seq })
    }
    if (page.length < pageSize) break
  }
  const head = await store.changes.headSeq(campaign)
  if (head !== last) faults.push({ kind: 'seq-gap', device: null, at: last + 1 })
  return { ...counts, faults }
}

/** What is erased has only its hash left; what is unproven has a hash that nobody vouches for. */
function isHashRight({ proven, erasedAt, text, changeHash }: StoredChange): boolean {
  if (!proven || erasedAt !== null) return true
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && sha256Of(changeText(parsed as Readonly<Record<string, unknown>>)) === changeHash
  } catch {
    return false
  }
}

/** Links: their own hash, the hash of the one before (unless that never arrived), and a seal at or behind each, without a gap between. */
function verifyLinks(campaignId: CampaignId, { linksByDevice, seals }: { readonly linksByDevice: ReadonlyMap<DeviceId, ReadonlyMap<number, StoredLink>>; readonly seals: readonly StoredSeal[] }): readonly Fault[] {
  const faults: Fault[] = []
  for (const [deviceId, links] of linksByDevice) {
    const own = seals.filter((seal) => seal.deviceId === deviceId)
    for (const link of links.values()) {
      const { deviceSeq, changeHash, prevHash, hash } = link
      const before = links.get(deviceSeq - 1)
      if (sha256Of(linkText({ campaignId, deviceId }, { deviceSeq, changeHash, prevHash })) !== hash) faults.push({ kind: 'link-hash', device: deviceId, at: deviceSeq })
      if ((before !== undefined && before.hash !== prevHash) || (deviceSeq === 1) !== (prevHash === null)) faults.push({ kind: 'chain-broken', device: deviceId, at: deviceSeq })
      if (!own.some((seal) => seal.firstDeviceSeq <= deviceSeq && deviceSeq <= seal.deviceSeq)) faults.push({ kind: 'link-unsealed', device: deviceId, at: deviceSeq })
    }
  }
  return faults
}

function grouped(links: readonly StoredLink[]): ReadonlyMap<DeviceId, ReadonlyMap<number, StoredLink>> {
  const byDevice = new Map<DeviceId, Map<number, StoredLink>>()
  for (const link of links) {
    const places = byDevice.get(link.deviceId) ?? new Map<number, StoredLink>()
    byDevice.set(link.deviceId, places.set(link.deviceSeq, link))
  }
  return byDevice
}
