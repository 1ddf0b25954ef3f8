import type { DeviceRow, MemberRow } from '#protocol/desk.ts'
import { presentMember } from '#server/presenters/membership.ts'
import type { StoredDevice, StoredMember } from '#server/store/store.ts'

type DeviceWithChain = StoredDevice & { readonly highDeviceSeq: number; readonly missing: readonly number[] }

/** A device as the desk sees it: what it still holds, never its key. */
export function presentDevice(device: DeviceWithChain): DeviceRow {
  const { id, memberId, label, lastContactAt, appVersion, manifest, highDeviceSeq, missing, revokedAt, createdAt, rotatedFrom, clockOffsetMs } = device
  return {
    id, memberId, label, lastContactAt, appVersion, highDeviceSeq, missing: [...missing], revokedAt,
    pendingChanges: manifest?.pendingChanges ?? 0, pendingFiles: manifest?.pendingFiles ?? 0, pendingBytes: manifest?.pendingBytes ?? 0,
    createdAt, rotatedFrom: rotatedFrom ?? null, clockOffsetMs: clockOffsetMs ?? null, madeDeviceSeq: manifest?.highDeviceSeq ?? 0,
    ...(manifest?.pendingEntries === undefined ? {} : { pendingEntries: manifest.pendingEntries }),
  }
}

export function presentMemberRow(member: StoredMember, about: { readonly devices: readonly DeviceWithChain[]; readonly entries: number; readonly flood: number | null; readonly filesLeft: number }): MemberRow {
  return {
    ...presentMember(member), joinedAt: member.joinedAt, endedAt: member.endedAt, entries: about.entries, devices: about.devices.map(presentDevice),
    ...(about.flood === null ? {} : { flood: about.flood }), ...(about.filesLeft === 0 ? {} : { filesLeft: about.filesLeft }), ...(member.asideSince === undefined || member.asideSince === null ? {} : { asideSince: member.asideSince }),
  }
}
