import type { EntryId, Instant } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { createSignal } from '#device/signal.ts'
import type { Signal } from '#device/signal.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import { backoffMs } from '#device/sync/backoff.ts'
import { withLease } from '#device/sync/lease.ts'
import type { WalkCalls, WalkGround } from '#device/sync/walk.ts'

/** What the runner knows and the store does not. */
export interface RunnerState {
  readonly phase: 'idle' | 'syncing' | 'waiting'
  readonly online: boolean
  readonly nextTryAt: Instant | null
  readonly problem: ApiProblem | null
  readonly isFull: boolean
  readonly isMetered: boolean | null
  /** Photos that the last walk left for another connection or another day. */
  readonly heldFiles: number
  readonly heldVoices: number
  /** Entries in a request that has not been answered. */
  readonly sending: ReadonlySet<EntryId>
}

export interface Poke {
  readonly byPerson?: boolean
  /** All photos, whatever the day's share of mobile data; holds until a walk has succeeded. */
  readonly allPhotos?: boolean
}

export interface SyncRunner {
  readonly state: Signal<RunnerState>
  /** Something may be there to send or to fetch. Resolves when the runner has come to rest. */
  readonly poke: (options?: Poke) => Promise<void>
  readonly stop: () => void
}

export type RunnerGround = Omit<WalkGround, keyof WalkCalls> & Pick<DeviceGround, 'clock' | 'chance' | 'locks' | 'network' | 'timer' | 'databaseName'> & { readonly beforeWalk: () => Promise<void> }

/** Another tab has the lease: ask again soon, because it may have read the outbox before our change was in it. */
const leaseTakenMs = 2_000
/** Who says to come again later is believed for a day: timers take more than some weeks for no time at all, and of what is beyond every calendar no day can be told. */
const longestWaitMs = 86_400_000
/** How often a browser that called itself offline is asked whether it still is. No radio is woken for it. */
const lookForLineMs = 15_000
/** How soon what was held back is looked at again, if nothing else happens. */
const lookAgainMs = 3_600_000
const nobody: ReadonlySet<EntryId> = new Set()

/**
 * The one sync runner. Everything that may matter pokes it: the start, a save, the network, the page's return, a timer, a person.
 *
 *            poke                    walked, nothing new
 *   idle ───────────► syncing ◄──────────────────────────────────► idle
 *                        │ poke meanwhile: another walk
 *                        ├── failed ──► waiting ── timer 2 s … 10 min, online, poke ──► syncing
 *                        ├── another tab has the lease ──► waiting 2 s
 *                        ├── offline ──► waiting until the network says otherwise, or is seen to
 *                        └── revoked ──► waiting until a person joins again (syncNow asks once more)
 */
export function createSyncRunner(ground: RunnerGround): SyncRunner {
  const { clock, chance, network, timer } = ground
  const isMetered = (): boolean | null => network.isMetered?.() ?? null
  const state = createSignal<RunnerState>({ phase: 'idle', online: network.isOnline(), nextTryAt: null, problem: null, isFull: false, isMetered: isMetered(), heldFiles: 0, heldVoices: 0, sending: nobody })
  const patch = (change: Partial<RunnerState>): void => state.set({ ...state.get(), ...change })
  let running: Promise<void> | null = null
  let isPokedAgain = false
  let isForAllPhotos = false
  let isStopped = false
  let failures = 0
  let cancelTimer = (): void => undefined

  const poke: SyncRunner['poke'] = ({ byPerson = false, allPhotos = false } = {}) => {
    if (isStopped) return Promise.resolve()
    isForAllPhotos ||= allPhotos
    if (running !== null) {
      isPokedAgain = true
      return running
    }
    if (byPerson) failures = 0
    running = rounds(byPerson)
    return running
  }

  async function rounds(byPerson: boolean): Promise<void> {
    cancelTimer()
    let result: Result<null, ApiProblem> | null
    do {
      isPokedAgain = false
      patch({ phase: 'syncing', online: network.isOnline(), isMetered: isMetered(), nextTryAt: null })
      result = await round(ground, {
        byPerson,
        onSending: (sending) => patch({ sending }),
        onHeld: ({ files, voices }) => patch({ heldFiles: files, heldVoices: voices }),
        isForAllPhotos: () => isForAllPhotos,
        hasNews: () => isPokedAgain,
      })
    } while (result?.ok === true && isPokedAgain && !isStopped)
    // In the same turn as the last look at `isPokedAgain`: a poke can fall in between nowhere.
    running = null
    if (!isStopped) settle(result)
  }

  function settle(result: Result<null, ApiProblem> | null): void {
    if (result?.ok === true) {
      failures = 0
      isForAllPhotos = false
      patch({ phase: 'idle', online: true, problem: null, isFull: false, sending: nobody })
      // Tomorrow has a share of its own.
      if (state.get().heldFiles > 0) cancelTimer = timer.after(lookAgainMs, () => void poke())
      return
    }
    const problem = result?.problem ?? null
    patch({ phase: 'waiting', problem, online: network.isOnline(), isFull: problem?.code === 'storage-full', sending: nobody })
    if (problem?.kind === 'offline') return lookForLine()
    if (problem?.code === 'device-revoked') return
    if (problem !== null) failures += 1
    tryAfter(problem === null ? leaseTakenMs : Math.max(Math.min(problem.retryAfterMs ?? 0, longestWaitMs), backoffMs(failures, chance)))
  }

  /** Asks the browser and not the network. A page that was opened without a line is not told by every browser that there is one again. */
  function lookForLine(): void {
    cancelTimer = timer.after(lookForLineMs, () => (network.isOnline() ? void poke() : lookForLine()))
  }

  function tryAfter(delayMs: number): void {
    cancelTimer = timer.after(delayMs, () => void poke())
    patch({ nextTryAt: instantOf({ now: () => clock.now() + delayMs }) })
  }

  const unlisten = network.onChange(() => {
    const isOtherPrice = isMetered() !== state.get().isMetered
    patch({ online: network.isOnline(), isMetered: isMetered() })
    // Browsers say twice that a line is back. A walk that is under way goes over it as it is; only what it holds back for another one is looked at again.
    if (network.isOnline() && (running === null || isOtherPrice)) void poke()
  })
  return {
    state,
    poke,
    stop: () => {
      isStopped = true
      cancelTimer()
      unlisten()
    },
  }
}

/** One try; null when another tab is at it. What nobody foresaw becomes a problem too, because the loop must go on. */
async function round(ground: RunnerGround, { byPerson, ...calls }: WalkCalls): Promise<Result<null, ApiProblem> | null> {
  try {
    if (!ground.network.isOnline()) return fail({ kind: 'offline', code: 'offline' })
    const { attention, own } = await standing(ground.db)
    if (!byPerson && attention === 'join-again') return fail({ kind: 'refused', code: 'device-revoked' })
    // Who has not joined has nobody to talk to, and on a first visit the code for it would stand before the join screen.
    if (own === undefined) return ok(null)
    return await withLease(ground, async () => {
      await ground.beforeWalk()
      // Loaded when there is something to do, not before the home screen: a first visit has a budget.
      const { walk } = await import('#device/sync/walk.ts')
      return walk({ ...ground, ...calls, byPerson })
    })
  } catch (error) {
    const problem = saveProblemOf(error)
    return fail({ kind: 'refused', code: problem.kind === 'storage-failed' ? problem.name : problem.kind })
  }
}

function standing(db: DeviceDatabase) {
  return db.read([db.meta], async () => ({ attention: await readMeta(db, 'attention'), own: await readMeta(db, 'membership') }))
}
