import type { CampaignId, DeviceId, EntryId, Instant, MemberId, Ref } from '#domain/ids.ts'
import type { CampaignAct } from '#protocol/audit.ts'
import type { Role } from '#protocol/membership.ts'
import type { StoredChange } from '#server/store/store.ts'

/** Who does something, with which device, when. Nobody: a command on the server, or an older version that did not keep it. */
export interface ActBy {
  readonly memberId: MemberId | null
  readonly deviceId: DeviceId | null
  readonly at: Instant
}

/** Somebody at a device. */
export type PersonBy = ActBy & { readonly memberId: MemberId }

/** An act on the campaign or its people. `detail` holds codes, numbers and what settings were; `words` what somebody wrote with it. */
export interface Act {
  readonly act: CampaignAct
  readonly by: ActBy
  readonly subject?: string
  readonly words?: string | null
  readonly detail?: Readonly<Record<string, unknown>>
}

export interface KeptAct extends Required<Act> {
  readonly place: Place
}

/** A place in the log: a change stands at its seq with number 0, an act behind the change before it. */
export interface Place {
  readonly seq: number
  readonly number: number
}

export type LogLine =
  | { readonly kind: 'change'; readonly place: Place; readonly change: StoredChange; readonly revision: number | null; readonly ref: Ref | null }
  | { readonly kind: 'act'; readonly place: Place; readonly act: KeptAct }

export interface LogQuery {
  /** Only what stands before it; absent: from the end of the log. */
  readonly before?: Place | undefined
  readonly limit: number
  readonly member?: MemberId | undefined
  /** The type of a change, or the name of an act. */
  readonly type?: string | undefined
  readonly entry?: EntryId | undefined
  /** By the server's clock, the first included, the second not. */
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
}

/** `next` is where the rest begins, or null at the beginning of the log. A page may hold fewer lines than asked for, or none, and go on. */
export interface LogPage {
  readonly lines: readonly LogLine[]
  readonly next: Place | null
  readonly people: ReadonlyMap<MemberId, { readonly name: string; readonly role: Role }>
  readonly devices: ReadonlyMap<DeviceId, string>
}

/** The part of a store that tells every act of a campaign in the order of its log, the newest first. */
export interface AuditStore {
  /** What is done past the other parts of the store, such as a file that was taken out. Those keep their own acts in their own transactions. */
  readonly add: (campaign: CampaignId, act: Act) => Promise<void>
  readonly page: (campaign: CampaignId, query: LogQuery) => Promise<LogPage>
  /** The entry of this name, erased ones too. */
  readonly entryOf: (campaign: CampaignId, ref: Ref) => Promise<EntryId | null>
}
