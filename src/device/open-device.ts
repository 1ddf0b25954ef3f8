import type { EntryId } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { auditedInTime } from '#device/audited-in-time.ts'
import type { ApiProblem, Device, LocalEntry, Membership, SaveProblem, StoreNotice } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { HeldDecisions } from '#device/held-decisions.ts'
import { isSameJson } from '#device/same-json.ts'
import { createOwnWatches } from '#device/own-watches.ts'
import { combine } from '#device/signal.ts'
import { createHealthMeter } from '#device/storage-health.ts'
import { beginLog } from '#device/store/begin-log.ts'
import { readBegun, readBegunOn, writeBegun } from '#device/store/begun.ts'
import type { Damage } from '#device/store/damage.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createDraft, discardDraft, readDrafts, writeDraft } from '#device/store/drafts.ts'
import { readFile } from '#device/store/files.ts'
import { readKeptFiles } from '#device/store/kept-files.ts'
import { readHeld } from '#device/store/held-row.ts'
import { watchQuery } from '#device/store/live-watch.ts'
import type { LiveWatch } from '#device/store/live-watch.ts'
import { readEntry } from '#device/store/local-entries.ts'
import { withTravel } from '#device/store/travelling.ts'
import { readMeta } from '#device/store/meta.ts'
import { readPreferences, setPreferences } from '#device/store/preferences.ts'
import { createReserveKeeper, isReserveGiven } from '#device/store/reserve.ts'
import type { ReserveKeeper } from '#device/store/reserve.ts'
import { markRead } from '#device/store/read-comments.ts'
import { readUsed } from '#device/store/used-entries.ts'
import { createDeskApiOnDemand } from '#device/sync/desk-calls-on-demand.ts'
import { createHttpOnDemand } from '#device/sync/http-on-demand.ts'
import { createSyncRunner } from '#device/sync/loop.ts'
import type { SyncRunner } from '#device/sync/loop.ts'
import { createSession } from '#device/sync/session.ts'
import { readStoredState, syncStateOf } from '#device/sync/state.ts'
import type { Watch } from '#device/watch.ts'

/**
 * Opens the store, mends what a crash may have left, and starts the sync runner. Resolves without waiting for the network, but
 * only after other windows have let the store go for its next version: `onBlocked` is called when one does not.
 */
export async function openDevice(ground: DeviceGround, onBlocked: () => void = () => undefined): Promise<Device> {
  const db = new DeviceDatabase(ground.databaseName)
  db.on('blocked', onBlocked)
  await db.open()
  const { whenIdle = (run) => run() } = ground
  beginLog(db, ground)
  const auditing = auditedInTime(db, ground)
  const http = createHttpOnDemand({ ...ground, db })
  const inSession = createSession({ db, http, crypto: ground.crypto })
  const parts = { ...ground, db, http, inSession }
  let hasAsked = false
  const runner = createSyncRunner({
    ...parts,
    beforeWalk: async () => {
      await (await auditing).audit
      if (!hasAsked && (await readMeta(db, 'membership')) !== undefined) hasAsked = (await (await loadJoin())?.askWhoIAm(parts)) ?? false
    },
  })
  const loadCampaigns = async () => (await import('#device/sync/several-campaigns.ts')).campaignsHere({ ...parts, openOn: (databaseName) => openDevice({ ...ground, databaseName }) })
  let campaigns: ReturnType<typeof loadCampaigns> | null = null
  const watches = await watchedInTime(auditing, () => createWatches(db, runner, ground))
  const health = createHealthMeter(ground)
  const reserve = createReserveKeeper(parts)
  // After each walk there may be room again; made in the background, when nothing else is written.
  runner.state.subscribe(() => {
    if (runner.state.get().phase !== 'syncing') void reserve.keep()
  })
  // Older code leaves the sending to the window that has brought the new one.
  db.standing.subscribe(runner.stop)
  // Who has joined would be shown the way in once more before every screen knows it. The watch reads behind the commit, as is done here, and has told a few readings later.
  const asMember = async (joined: Result<Membership, ApiProblem>): Promise<typeof joined> => {
    if (!joined.ok) return joined
    const isTold = (): boolean => watches.device.membership.get()?.deviceId === joined.value.deviceId
    for (let reading = 0; reading < mostReadings && !isTold(); reading += 1) await readMeta(db, 'membership').catch(() => undefined)
    void runner.poke({ byPerson: true })
    return joined
  }
  // No first screen shows what they find, and nothing is sent before it anyway.
  whenIdle(() => void Promise.all([health.measure(), sendLeft(db, ground, runner), runner.poke()]))
  return {
    ...watches.device,
    ...draftCalls(db, ground, runner),
    ...fileCalls(db, ground, reserve),
    ...entryCalls(db, ground, runner),
    held: heldCalls(db, ground, runner),
    openCampaigns: () => (campaigns ??= loadCampaigns().catch((error: unknown) => {
      campaigns = null
      throw error
    })),
    openWriting: async () => (await import('#device/store/kept-writing.ts')).keptWriting(db),
    join: async (request) => {
      const joined = await (await loadJoin())?.join(parts, request)
      return joined === undefined ? fail({ kind: 'offline', code: 'not-loaded' }) : asMember(joined)
    },
    // Once in the life of a phone, if at all.
    askToMove: async () => (await import('#device/sync/move.ts')).askToMove(parts),
    joinByCode: async (code, language) => asMember(await (await import('#device/sync/move.ts')).joinByCode(parts, code, language)),
    // One that the browser does not hand out is shown as not being here.
    readFile: (sha256) => db.again(() => readFile(db, sha256)).catch(() => null),
    syncNow: () => runner.poke({ byPerson: true }),
    flush: async ({ allPhotos = false } = {}) => {
      await runner.poke({ byPerson: true, allPhotos })
      return syncStateOf(await readStoredState(db), runner.state.get())
    },
    exportUnsent: async () => (await import('#device/sync/bundle.ts')).exportUnsent(parts),
    carry: async (file) => {
      const outcome = await (await import('#device/store/carried.ts')).carry(parts, file)
      if (outcome === 'taken') void runner.poke()
      return outcome
    },
    dropCarried: async (id) => (await import('#device/store/carried.ts')).dropCarried(db, id),
    askUsed: async () => (await import('#device/sync/ask-used.ts')).askUsed(parts, 'person').catch(() => undefined),
    markRead: (id) => markRead(db, id).catch(() => undefined),
    setPreferences: (patch) => setPreferences(db, patch),
    health: health.watch,
    askToPersist: health.askToPersist,
    api: createDeskApiOnDemand(parts, () => watches.device.membership.get()?.deviceId),
    close: () => {
      runner.stop()
      watches.stop()
      db.shut()
    },
  }
}

/** Far more than it takes. A store that cannot be read tells nobody anything, and keeps nobody waiting for it. */
const mostReadings = 20

/** Joining is once in the life of a phone, and who one is today is asked behind the first screen; null when the code did not come. */
const loadJoin = () => import('#device/sync/join.ts').catch(() => null)

type Watches = Pick<Device, 'membership' | 'drafts' | 'begun' | 'firstLook' | 'entries' | 'watchEntry' | 'digests' | 'memberNames' | 'sync' | 'preferences' | 'notice' | 'keptFiles' | 'carried' | 'used'>

function createWatches(db: DeviceDatabase, runner: SyncRunner, { clock, timer, whenIdle }: Pick<DeviceGround, 'clock' | 'timer' | 'whenIdle'>): { readonly device: Watches; readonly stop: () => void } {
  const held: LiveWatch<unknown>[] = []
  const hold = <Value>(watch: LiveWatch<Value>): LiveWatch<Value> => {
    watch.start()
    held.push(watch)
    return watch
  }
  // In this order they are asked: who is here, and in which language, is what the first screen waits for.
  const membership = hold(watchQuery(async () => (await readMeta(db, 'membership'))?.membership ?? null, isSameJson))
  const preferences = hold(watchQuery(() => readPreferences(db), isSameJson))
  // A browser that throws the storage away ends the connection first, and nothing is written then that would have anybody read again.
  db.on('close', () => void timer.after(readAgainAfterMs, membership.again))
  const own = createOwnWatches(db, clock, runner)
  // What a form may ask for, and no first screen shows; a campaign has thousands of them.
  const digests = watchQuery(async () => (await db.digests.toArray()).map(({ digest }) => digest))
  const sending = { get: () => runner.state.get().sending, subscribe: runner.state.subscribe }
  const damage = watchQuery(async () => (await readMeta(db, 'damage')) ?? noDamage, isSameJson)
  if (whenIdle === undefined) void [hold(digests), hold(damage), own.readAll()]
  else {
    whenIdle(() => void [hold(digests), hold(damage)])
    // What a screen shows first is tapped first; the list of all is for whoever stays.
    whenIdle(() => void timer.after(readAllAfterMs, () => whenIdle(own.readAll)))
  }
  const byId = new Map<EntryId, Watch<LocalEntry | null>>()
  const watchEntry = (id: EntryId): Watch<LocalEntry | null> => {
    const known = byId.get(id) ?? combine(watchQuery(() => readEntry(db, id)), sending, (entry, ids) => (entry === null ? null : withTravel(entry, ids)))
    byId.set(id, known)
    return known
  }
  return {
    stop: () => {
      held.forEach((watch) => watch.stop())
      own.stop()
    },
    device: {
      membership,
      drafts: hold(watchQuery(() => readDrafts(db))),
      begun: hold(watchQuery(() => readBegun(db))),
      ...own.watches,
      watchEntry,
      digests,
      memberNames: hold(watchQuery(async () => new Map((await db.members.toArray()).map(({ id, name }) => [id, name] as const)))),
      // Seldom looked at, so it is read only while somebody does.
      keptFiles: watchQuery(() => readKeptFiles(db), isSameJson),
      carried: watchQuery(() => db.carried.filter(({ isWhole }) => isWhole).toArray()),
      used: watchQuery(() => readUsed(db), isSameJson),
      notice: combine(db.standing, damage, noticeOf),
      preferences,
    },
  }
}

/** What is there is read while it is looked whether it may be shown; where it has to be mended first, it is read anew. */
async function watchedInTime<Held extends { readonly stop: () => void }>(auditing: ReturnType<typeof auditedInTime>, watch: () => Held): Promise<Held> {
  const early = watch()
  if (!(await auditing).isMended) return early
  early.stop()
  return watch()
}

const [readAllAfterMs, readAgainAfterMs] = [2000, 1000]

const noDamage: Damage = { entries: 0, changes: 0 }

function noticeOf(standing: 'current' | 'outdated', { entries, changes }: Damage): StoreNotice | null {
  if (standing === 'outdated') return { kind: 'outdated' }
  return entries + changes === 0 ? null : { kind: 'damaged', entries, changes }
}

type DraftCalls = Pick<Device, 'createDraft' | 'readDraft' | 'writeDraft' | 'discardDraft' | 'keepLate' | 'saveDraft' | 'readBegun' | 'writeBegun'>

/** The code that saves comes as soon as something is written: with it what an entry has to be, of which home needs nothing. */
function draftCalls(db: DeviceDatabase, ground: DeviceGround, runner: SyncRunner): DraftCalls {
  const loadSave = () => import('#device/store/save.ts')
  return {
    createDraft: (kind, updateOf) => {
      void loadSave().catch(() => undefined)
      return createDraft(db, ground, kind, updateOf)
    },
    readDraft: async (id) => {
      void loadSave().catch(() => undefined)
      return (await db.again(() => db.drafts.get(id))) ?? null
    },
    writeDraft: (id, patch) => writeDraft(db, ground, id, patch),
    discardDraft: (id) => discardDraft(db, id),
    keepLate: (draft, fields) => withCode(() => import('#device/store/late-words.ts'), (late) => late.keepLate(db, ground, draft, fields)),
    saveDraft: (id) => withCode(loadSave, (save) => thenPoke(runner, save.saveDraft(db, ground, id))),
    readBegun: (entry) => readBegunOn(db, entry),
    writeBegun: (entry, patch) => writeBegun(db, ground, entry, patch),
  }
}

type FileCalls = Pick<Device, 'addPhoto' | 'replacePhoto' | 'captionPhoto' | 'removePhoto' | 'keepVoice' | 'removeVoice'>

/** Most first visits keep no file; the code for it comes with the first one. */
function fileCalls(db: DeviceDatabase, { crypto }: DeviceGround, reserve: ReserveKeeper): FileCalls {
  const parts = { db, crypto }
  const load = () => import('#device/store/draft-files.ts')
  const withFiles = <Value>(run: (files: Awaited<ReturnType<typeof load>>) => Promise<Result<Value, SaveProblem>>): Promise<Result<Value, SaveProblem>> => withCode(load, run)
  /** Should it fail to look, the write itself will tell. */
  const makeRoom = async () => {
    if (await db.again(() => isReserveGiven(db)).catch(() => false)) await reserve.keep()
  }
  const withRoom: typeof withFiles = async (run) => {
    await makeRoom()
    return withFiles(run)
  }
  return {
    addPhoto: (draft, photo) => withRoom((files) => files.addPhoto(parts, draft, photo)),
    replacePhoto: (draft, pair) => withRoom((files) => files.replacePhoto(parts, draft, pair)),
    captionPhoto: (draft, words) => withFiles((files) => files.captionPhoto(parts, draft, words)),
    removePhoto: async (draft, sha256) => (await load()).removePhoto(parts, draft, sha256),
    keepVoice: (draft, voice) => withRoom((files) => files.keepVoice(parts, draft, voice)),
    removeVoice: async (draft) => (await load()).removeVoice(parts, draft),
  }
}

type EntryCalls = Pick<Device, 'revise' | 'comment' | 'withdraw' | 'erase' | 'commentAs' | 'correct' | 'release' | 'link' | 'unlink'>

/** The code for it comes with the first step: a phone that is opened to record makes none. */
function entryCalls(db: DeviceDatabase, ground: DeviceGround, runner: SyncRunner): EntryCalls {
  const load = () => import('#device/store/own-steps.ts')
  const step = <Value>(run: (steps: Awaited<ReturnType<typeof load>>) => Promise<Result<Value, SaveProblem>>): Promise<Result<Value, SaveProblem>> => withCode(load, (steps) => thenPoke(runner, run(steps)))
  return {
    revise: (id, patch) => step((own) => own.appendRevision(db, ground, id, patch)),
    comment: (entryId, text, lang) => step((own) => own.appendStep(db, ground, { entryId, type: 'comment', body: { text, lang } })),
    withdraw: (entryId, reason) => step((own) => own.appendStep(db, ground, { entryId, type: 'withdraw', body: reason === undefined ? {} : { reason } })),
    erase: (entryId, base, reason) => withCode(() => import('#device/store/erase-own.ts'), (own) => thenPoke(runner, own.eraseOwn({ ...ground, db }, entryId, base, reason))),
    correct: (entryId, base, set) => step((own) => own.appendOn(db, ground, { entryId, type: 'correct', base, body: { set: { ...set }, unset: [] } })),
    release: (entryId, change, reason) => step((own) => own.appendOn(db, ground, { entryId, type: 'release', base: null, body: { change, ...(reason === '' ? {} : { reason }) } })),
    link: (entryId, base, { to, kind, coverage }) => step((own) => own.appendOn(db, ground, { entryId, type: 'link', base, body: { to, kind, ...(coverage === undefined ? {} : { coverage }) } })),
    unlink: (entryId, base, link) => step((own) => own.appendOn(db, ground, { entryId, type: 'unlink', base, body: { link } })),
    commentAs: (entryId, base, text, lang) => step((own) => own.appendOn(db, ground, { entryId, type: 'comment', base, body: { text, lang } })),
  }
}

/** Only desks hold decisions; the code for it comes with the first one. */
function heldCalls(db: DeviceDatabase, ground: DeviceGround, runner: SyncRunner): HeldDecisions {
  const load = () => import('#device/store/held.ts')
  return {
    list: watchQuery(() => readHeld(db), isSameJson),
    hold: async (decisions, forMs) => (await load()).holdDecisions({ ...ground, db }, decisions, forMs),
    takeBack: async (ids) => (await load()).takeBackHeld(db, ids),
    stop: async (id, rival) => (await load()).stopHeld(db, id, rival),
    send: async (ids) => thenPoke(runner, (await load()).sendHeld(db, ids)),
  }
}

/** What a closed desk had held; a store that cannot be read says so elsewhere. */
async function sendLeft(db: DeviceDatabase, ground: DeviceGround, runner: SyncRunner): Promise<void> {
  const held = await readMeta(db, 'held').catch(() => undefined)
  if (held !== undefined && held.length > 0) await (await import('#device/store/held.ts')).sendLeftHeld({ ...ground, db }, () => void runner.poke()).catch(() => undefined)
}

/** What is done by code that comes with its first use, or that the code did not come. */
async function withCode<Code, Value>(load: () => Promise<Code>, run: (code: Code) => Promise<Result<Value, SaveProblem>>): Promise<Result<Value, SaveProblem>> {
  const code = await load().catch(() => null)
  return code === null ? fail({ kind: 'storage-failed', name: 'not-loaded' }) : run(code)
}

/** After a save the runner looks at the outbox; the save does not wait for it. */
async function thenPoke<Value>(runner: SyncRunner, saving: Promise<Result<Value, SaveProblem>>): Promise<Result<Value, SaveProblem>> {
  const saved = await saving
  if (saved.ok) void runner.poke()
  return saved
}
