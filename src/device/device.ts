import type { FirstLook } from '#device/first-look.ts'
import type { ChangeBody } from '#domain/change.ts'
import type { PlacePrecision } from '#domain/disclosure.ts'
import type { DraftContent, FieldPatch, Kind } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId, QuestionId, Sha256 } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import type { CampaignsHere } from '#device/campaigns-here.ts'
import type { CarriedBundle, CarryOutcome, ChosenFile, MoveCode, UnsentFile } from '#device/handing-over.ts'
import type { RecordedVoice, ShrunkPhoto } from '#device/new-files.ts'
import type { KeptFiles } from '#device/store/kept-files.ts'
import type { HeldDecisions } from '#device/held-decisions.ts'
import type { KeptWriting } from '#device/kept-writing.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { Counted, UsedInReports } from '#device/used-entries.ts'
import type { Watch } from '#device/watch.ts'
import type { Ability, Campaign, Member } from '#protocol/membership.ts'
import type { Digest } from '#protocol/sync.ts'

/** Who this browser is: kept on the device, so that everything works without a connection. */
export interface Membership {
  readonly member: Member
  readonly campaign: Campaign
  readonly deviceId: DeviceId
  readonly abilities: readonly Ability[]
}

/** What went wrong with a call, in terms that a person can act on. `code` is a problem code of the protocol, or what the device saw. */
export interface ApiProblem {
  readonly kind: 'offline' | 'refused' | 'unreachable'
  readonly code: string
  readonly retryAfterMs?: number | undefined
  /** Who has answered where what waits did not go: something on the way in the place of the server, the server itself, which wants it later or does not know who asks, or this phone, which did not hand out a file. */
  readonly by?: 'between' | 'busy' | 'stranger' | 'unread' | undefined
}

/** Why a save did not happen. The draft is untouched in each case. `photo-full`: the words are kept, this photo is not. */
export type SaveProblem = { readonly kind: 'storage-full' } | { readonly kind: 'photo-full' } | { readonly kind: 'storage-failed'; readonly name: string } | { readonly kind: 'incomplete'; readonly fields: readonly string[] }

export interface Draft {
  readonly id: EntryId
  readonly kind: Kind
  readonly content: DraftContent
  /** The screen the author was on, to return there. */
  readonly step: string
  /** Challenges that this action answers, chosen from the list. */
  readonly answers: readonly { readonly to: EntryId; readonly coverage: string }[]
  /** The own entry whose change over time this one tells; absent in all others. */
  readonly updateOf?: EntryId | undefined
  /** How exactly the author lets the place be known; absent until they choose. The content already keeps no more than that. */
  readonly placePrecision?: PlacePrecision | undefined
  /** The field that had the caret on that screen; absent in drafts of older versions. */
  readonly focus?: string | null | undefined
  /** How many photos are on their way into it. Where nobody adds any, they were cut off; absent where none ever was. */
  readonly photosComing?: number | undefined
  readonly startedAt: Instant
  readonly updatedAt: Instant
}

/**
 * What the author has begun to change, to answer or to say about a saved entry, and has not saved yet: one for each entry. A field
 * with `undefined` is to be taken away. A kept revision or comment takes its part of it along, in the same transaction.
 */
export interface Begun {
  readonly entryId: EntryId
  readonly fields: Readonly<Record<string, unknown>>
  readonly comment: string
  /** In which it was begun; absent in what an earlier version began. */
  readonly commentLang?: string | undefined
  /** Why it is to be taken back or erased, as far as that was typed. */
  readonly reasons?: EndReasons | undefined
  readonly focus: string | null
  readonly updatedAt: Instant
}

export type EndReasons = Readonly<Partial<Record<'withdraw' | 'erase', string | undefined>>>

export interface BegunPatch {
  readonly fields?: Readonly<Record<string, unknown>>
  /** Fields that are no longer begun. */
  readonly forget?: readonly string[]
  readonly comment?: string
  /** Goes with `comment`. */
  readonly commentLang?: string | undefined
  /** An empty one is given up. */
  readonly reasons?: EndReasons
  readonly focus?: string | null
}

/** Where an entry is, in the order of its travel; nothing is called received before the server proved it, nor safe before it is in a backup. */
export type Travel = 'here' | 'sending' | 'received' | 'safe'

export interface LocalEntry extends Counted {
  readonly state: EntryState
  /** For the order alone: no entry that was saved here stands before one that was saved here earlier, whatever the clock said. */
  readonly savedAt: Instant
  readonly travel: Travel
  /** Changes and photos of this entry that are still only here. */
  readonly pendingChanges: number
  readonly pendingFiles: number
  /** How many of those files are voice notes. */
  readonly pendingVoices: number
  readonly isMine: boolean
  /** Only where the server has set it aside: it has arrived, and waits for a coordinator to say whether it counts. */
  readonly isAside?: boolean
  /** Comments of others that the author of an own entry has not been shown. */
  readonly unread: readonly ChangeId[]
}

/** What one line says for the whole phone. `attention` is what only the person can mend. */
export interface SyncState {
  readonly phase: 'idle' | 'syncing' | 'waiting'
  readonly online: boolean
  /** Does the connection count data? Null where the browser does not say. */
  readonly isMetered: boolean | null
  /** Entries of which words are still only here. */
  readonly pendingEntries: number
  readonly pendingChanges: number
  /** Entries that were erased here and of which the server has not heard. */
  readonly pendingErasures?: number
  readonly pendingFiles: number
  readonly pendingBytes: number
  /** How many of the files are voice notes, of those that wait and of those that are held back: they are not called photos. */
  readonly pendingVoices?: number
  readonly heldVoices?: number
  /** Photos that the last round left behind because the day's share of mobile data is used up. */
  readonly heldFiles: number
  /** By this phone's clock, right or wrong, and what the server's said then. */
  readonly lastContactAt: Instant | null
  readonly lastToldAt?: Instant | null
  readonly nextTryAt: Instant | null
  /** The last failure since the last success, or null. */
  readonly problem: ApiProblem | null
  readonly attention: 'join-again' | 'storage-full' | 'alarm' | null
}

/**
 * What the store itself has to tell the person. `outdated`: another window runs a newer version; what is written here is kept, and
 * this window should be opened again. `damaged`: a start found what it could not mend; nothing was deleted.
 */
export type StoreNotice = { readonly kind: 'outdated' } | { readonly kind: 'damaged'; readonly entries: number; readonly changes: number }

export interface StorageHealth {
  readonly persisted: boolean | null
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
}

/** A place by its names alone: points are not remembered. */
export interface UsedPlace {
  readonly country: string
  readonly adm1Code?: string | undefined
  readonly adm1Name?: string | undefined
  readonly adm2Code?: string | undefined
  readonly placeName?: string | undefined
}

export interface Preferences {
  readonly language: string | null
  readonly theme: 'system' | 'light' | 'dark' | 'sun'
  /** What the author used last: offered again, never assumed. */
  readonly lastPlace: UsedPlace | null
  /** The last few, the newest first; absent where an older version wrote. */
  readonly recentPlaces: readonly UsedPlace[]
  readonly lastOrg: { readonly orgName: string; readonly orgType: string } | null
  readonly recentTopics: readonly string[]
  readonly installDismissed: boolean
  /** The map was opened once: it is kept for days without connection. */
  readonly keepsMap: boolean
  /** What of the photos may go where the connection counts data; null while the person has not chosen. */
  readonly mobilePhotos: 'small' | 'some' | 'all' | null
  /** Until then (milliseconds since 1970) the reminder of entries at risk is put away. */
  readonly riskRestsUntil: number | null
}

/** The phone without React: everything the screens may do. Made by `openDevice`; nothing here waits for the network but `join` and `api`. */
export interface Device extends UsedInReports {
  readonly membership: Watch<Membership | null>
  readonly join: (request: { readonly invite: string; readonly name: string; readonly organisation?: string | undefined; readonly language: string }) => Promise<Result<Membership, ApiProblem>>

  /** Asks the server for an invite for this very member and puts what was begun here beside it, as a text for another browser of this phone. */
  readonly askToMove: () => Promise<Result<MoveCode, ApiProblem>>
  /** The other end: joins as the same member, and begins the drafts here again. A text that is no such code is `refused`, `not-a-code`. */
  readonly joinByCode: (code: string, language: string) => Promise<Result<Membership, ApiProblem>>

  readonly drafts: Watch<readonly Draft[]>
  readonly createDraft: (kind: Kind, updateOf?: EntryId) => Promise<Draft>
  readonly readDraft: (id: EntryId) => Promise<Draft | null>
  /** Durable when the promise resolves; calls for one draft are applied in order. A field set to undefined is removed. `closes`, alone: the author goes, and a draft in which no window has said anything goes too. */
  readonly writeDraft: (id: EntryId, patch: { readonly fields?: Readonly<Record<string, unknown>>; readonly step?: string; readonly answers?: Draft['answers']; readonly placePrecision?: PlacePrecision; readonly focus?: string | null; readonly photosComing?: number; readonly closes?: boolean }) => Promise<Result<null, SaveProblem>>
  readonly discardDraft: (id: EntryId) => Promise<void>
  /**
   * What came too late for a draft that another window has saved or thrown away, durable when it resolves: `entry`, these fields are begun on
   * what was saved; `draft`, it is a draft again, as given, without files; null, the entry has them already. Nothing to keep is `no-draft`.
   */
  readonly keepLate: (draft: Draft, fields: Readonly<Record<string, unknown>>) => Promise<Result<'entry' | 'draft' | null, SaveProblem>>
  /** One transaction removes the draft and writes change, entry and file rows; resolves after it has completed. */
  readonly saveDraft: (id: EntryId) => Promise<Result<EntryId, SaveProblem>>

  /** The newest first. */
  readonly begun: Watch<readonly Begun[]>
  /** Undefined where the entry itself is not here. */
  readonly readBegun: (entry: EntryId) => Promise<Begun | null | undefined>
  /** Durable when the promise resolves, like `writeDraft`. A row in which nothing is left goes. */
  readonly writeBegun: (entry: EntryId, patch: BegunPatch) => Promise<Result<null, SaveProblem>>

  readonly addPhoto: (draft: EntryId, photo: ShrunkPhoto) => Promise<Result<Sha256, SaveProblem>>
  readonly removePhoto: (draft: EntryId, sha256: Sha256) => Promise<void>
  /** Another picture in the place of one; the former bytes are gone when it resolves. */
  readonly replacePhoto: (draft: EntryId, pair: { readonly old: Sha256; readonly photo: ShrunkPhoto }) => Promise<Result<Sha256, SaveProblem>>
  readonly captionPhoto: (draft: EntryId, words: { readonly sha256: Sha256; readonly caption: string }) => Promise<Result<null, SaveProblem>>
  /** The draft's one voice note, as it is so far: it takes the place of what was kept of it before. */
  readonly keepVoice: (draft: EntryId, voice: RecordedVoice) => Promise<Result<Sha256, SaveProblem>>
  readonly removeVoice: (draft: EntryId) => Promise<void>
  /** The bytes of a photo, its thumbnail or a voice note as kept here, or null. */
  readonly readFile: (sha256: Sha256) => Promise<{ readonly bytes: ArrayBuffer; readonly type: string } | null>

  /** What a first screen shows of own entries, read without the others. */
  readonly firstLook: Watch<FirstLook>
  /** Own entries, newest first. Reading all of them begins when the first screen stands, or with whoever looks at them before. */
  readonly entries: Watch<readonly LocalEntry[]>
  /** What others wrote on this entry has been shown to its author. Where it cannot be kept, it is shown as new again. */
  readonly markRead: (entry: EntryId) => Promise<void>
  readonly watchEntry: (id: EntryId) => Watch<LocalEntry | null>
  readonly digests: Watch<readonly Digest[]>
  readonly memberNames: Watch<ReadonlyMap<MemberId, string>>
  readonly revise: (entry: EntryId, patch: { readonly set: FieldPatch; readonly unset: readonly string[]; readonly answers: readonly QuestionId[] }) => Promise<Result<ChangeId, SaveProblem>>
  readonly comment: (entry: EntryId, text: string, lang: string) => Promise<Result<ChangeId, SaveProblem>>
  readonly withdraw: (entry: EntryId, reason?: string) => Promise<Result<ChangeId, SaveProblem>>
  /** For good, here at once and everywhere once it is sent, whoever wrote it: what stays is that there was an entry. `base`: what was read last of it. */
  readonly erase: (entry: EntryId, base: ChangeId | null, reason: string) => Promise<Result<ChangeId, SaveProblem>>
  /** A coordinator's decisions on entries that the desk has read: held for a moment, then changes like every other. */
  readonly held: HeldDecisions
  /** This membership and the others of this browser. */
  readonly openCampaigns: () => Promise<CampaignsHere>
  readonly openWriting: () => Promise<KeptWriting>
  /** Lays values beside the author's own, on what the desk has read: how a coordinator settles two values of one field. */
  readonly correct: (entry: EntryId, base: ChangeId, set: FieldPatch) => Promise<Result<ChangeId, SaveProblem>>
  /** A change that the server set aside counts from here on, with why. */
  readonly release: (entry: EntryId, change: ChangeId, reason: string) => Promise<Result<ChangeId, SaveProblem>>
  /** Ties an entry that the desk has read, or knows of (`base` null), to another; and takes such a tie away. */
  readonly link: (entry: EntryId, base: ChangeId | null, link: ChangeBody<'link'>) => Promise<Result<ChangeId, SaveProblem>>
  readonly unlink: (entry: EntryId, base: ChangeId | null, link: ChangeId) => Promise<Result<ChangeId, SaveProblem>>
  readonly commentAs: (entry: EntryId, base: ChangeId, text: string, lang: string) => Promise<Result<ChangeId, SaveProblem>>

  readonly sync: Watch<SyncState>
  readonly syncNow: () => Promise<void>
  /** Resolves when the outbox is empty or the attempt has failed. `allPhotos` goes beyond the day's share of mobile data, once. */
  readonly flush: (options?: { readonly allPhotos?: boolean }) => Promise<SyncState>
  /** Everything that the server has not proved to hold, as a file that the desk or another phone imports. */
  readonly exportUnsent: () => Promise<UnsentFile>
  /** Keeps another phone's file, to bring it to the server when there is a connection. */
  readonly carry: (file: ChosenFile) => Promise<CarryOutcome>
  /** What is carried for others, and what became of it; a copy that is still coming in is not among them. */
  readonly carried: Watch<readonly CarriedBundle[]>
  readonly dropCarried: (id: CarriedBundle['id']) => Promise<void>

  readonly notice: Watch<StoreNotice | null>
  readonly preferences: Watch<Preferences>
  readonly setPreferences: (patch: Partial<Preferences>) => Promise<void>
  readonly health: Watch<StorageHealth>
  readonly keptFiles: Watch<KeptFiles>
  /** Asks the browser to keep the data; the answer shows in `health`. */
  readonly askToPersist: () => Promise<void>

  /** Typed calls that need the server, for the desk. */
  readonly api: DeskApi
  readonly close: () => void
}
