import type { ChangeId } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import { changeEpoch } from '#device/store/epoch.ts'
import { withReserve } from '#device/store/reserve.ts'
import { isRotationDue } from '#device/store/rotation.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import { answeredBy } from '#device/sync/answered-by.ts'
import { askUsed } from '#device/sync/ask-used.ts'
import { exchange } from '#device/sync/exchange.ts'
import type { Exchange, ExchangeGround } from '#device/sync/exchange.ts'
import { plainProblem } from '#device/sync/http.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { handOver } from '#device/sync/push.ts'
import { rotate } from '#device/sync/rotate.ts'
import type { RotateGround } from '#device/sync/rotate.ts'
import { shedWhenTight } from '#device/sync/shed-when-tight.ts'
import type { ShedGround } from '#device/sync/shed-when-tight.ts'
import type { UsedGround } from '#device/sync/ask-used.ts'
import { uploadPending } from '#device/sync/upload.ts'
import type { Held, UploadGround } from '#device/sync/upload.ts'
import { maxRunChanges } from '#protocol/sync.ts'

/** What a walk tells the runner and asks of it. */
export interface WalkCalls extends Pick<ExchangeGround, 'onSending'>, Pick<UploadGround, 'isForAllPhotos' | 'hasNews' | 'byPerson'> {
  readonly onHeld: (held: Held) => void
}

export type WalkGround = ExchangeGround & UploadGround & RotateGround & ShedGround & UsedGround & WalkCalls

/** A chain that is lost again right after it was begun: something else is wrong. */
const maxRotations = 2

/** More epochs than that in one walk, and something else is wrong. */
const maxEpochs = 3

/** Another scope is read from its beginning once; where each answer has another one, two servers disagree behind one name. */
const maxScopes = 3

/**
 * One walk of the sync runner, from the first request until nothing is left to send or something fails.
 *
 *   exchange ──applied, more or left──► exchange          applied, nothing left ──► files ──some sent──► exchange (their receipts)
 *      │                                                                              └──none──► what is carried for others ──► room is made where it is short, use in reports is asked for when it is time, done
 *      ├── the chain is somebody else's, or a rotation was cut short ──► new id and key ──► exchange (all that waits, by the same ids)
 *      ├── 409 epoch-changed, or a log that ends before what was read of it, or is another ──► forget what is above restoredSeq ──► exchange
 *      ├── 400, 413, 422 ──► half the run ──► exchange ──► … one change ──► does an empty request pass? ──► quarantine ──► exchange
 *      ├── no room for the answer ──► the room kept for words ──► exchange ──► … none either ──► files all the same, those of others too, failed
 *      ├── 403 or another refusal by something on the way ──► does an empty request pass? ──► half the run ──► exchange ──► … one change: left aside for this walk, as one that cannot be put in quarantine ──► exchange
 *      └── anything else ──► failed
 */
export async function walk(ground: WalkGround): Promise<Result<null, ApiProblem>> {
  const aside: Aside = { ids: new Set(), problem: null }
  const walked = await walkPast(ground, aside)
  // What was left aside waits for the next walk, and a person is told that something does.
  const problem = walked.ok ? aside.problem : walked.problem
  return problem === null ? walked : fail({ ...problem, ...answeredBy(problem) })
}

/** What something before the server lets through in no way. */
interface Aside {
  readonly ids: Set<ChangeId>
  problem: ApiProblem | null
}

async function walkPast(ground: WalkGround, aside: Aside): Promise<Result<null, ApiProblem>> {
  const exchanged = await exchangedInRoom(ground, aside)
  if (!exchanged.ok && exchanged.problem.code !== noRoom) return exchanged
  const uploaded = await uploadPending(ground)
  if (!exchanged.ok) {
    // Somebody's file takes more room than any words, and gives it back once it is there.
    if (uploaded.ok) await deliverIfAny(ground)
    return exchanged
  }
  if (!uploaded.ok) {
    // One file that the server refuses stands in nobody's way, not in that of what is carried for others either.
    const isRefusal = uploaded.problem.kind === 'refused' && uploaded.problem.code !== 'device-revoked'
    const delivered = isRefusal ? await deliverIfAny(ground) : uploaded
    return delivered.ok ? uploaded : delivered
  }
  ground.onHeld(uploaded.value.held)
  const told = uploaded.value.sent === 0 ? exchanged : await exchangedInRoom(ground, aside)
  if (!told.ok) return told
  const delivered = await deliverIfAny(ground)
  if (!delivered.ok) return delivered
  await shedWhenTight(ground)
  await askUsed(ground, exchanged.value.isDecided || told.value.isDecided ? 'decision' : 'sync').catch(() => undefined)
  return delivered
}

const noRoom = 'storage-full'

/**
 * What the server says takes room: receipts, questions, what is erased. Where there is none it gets the room for words, being words; without it no photo
 * would go, and none that has gone could make room. Where there is not even that, photos still go: on no full phone are they safe.
 */
async function exchangedInRoom(ground: WalkGround, aside: Aside): Promise<Result<Told, ApiProblem>> {
  return withReserve(ground.db, () => exchangeAll(ground, aside)).catch((error: unknown) => {
    if (saveProblemOf(error).kind !== noRoom) throw error
    return fail({ kind: 'refused', code: noRoom })
  })
}

/** Few phones ever carry anything; the code for it comes with the first bundle. */
async function deliverIfAny(ground: WalkGround): Promise<Result<null, ApiProblem>> {
  if ((await ground.db.carried.count()) === 0) return ok(null)
  return (await import('#device/sync/deliver.ts')).deliverCarried(ground)
}

/** What the answers told besides what the store has taken of them. */
interface Told {
  readonly isDecided: boolean
}

async function exchangeAll(ground: WalkGround, aside: Aside): Promise<Result<Told, ApiProblem>> {
  let isDecided = false
  let maxChanges = maxRunChanges
  let epochs = 0
  let scopes = 0
  let rotations = 0
  let isKnownToPass = false
  let isLost = await isRotationDue(ground.db)
  for (;;) {
    if (isLost && rotations < maxRotations) {
      rotations += 1
      const rotated = await rotate(ground)
      // A server that does not know rotation: the alarm stays for a person, and the rest goes on.
      if (!rotated.ok && rotated.problem.code !== 'not-found') return fail(plainProblem(rotated.problem))
      if (!rotated.ok) rotations = maxRotations
    }
    let step = await exchange(ground, maxChanges, aside.ids)
    if (step.kind === 'failed' && (isPoison(step) || isForbidden(step))) {
      const refused = step
      const isAlone = refused.run.length === 1
      // When a request without it fails alike, it is not the change: a portal forbids everything, and would be sent all that waits twice over.
      if (isAlone || (isForbidden(refused) && !isKnownToPass)) step = await exchange(ground, 0)
      isKnownToPass ||= step.kind === 'applied'
      if (step === refused || step.kind === 'applied') {
        const handed = isAlone ? await handedOver(ground, refused, aside) : ok(null)
        if (!handed.ok) return handed
        maxChanges = isAlone ? maxRunChanges : Math.floor(refused.run.length / 2)
        continue
      }
    }
    if (step.kind === 'no-membership') return ok({ isDecided })
    isDecided ||= step.kind === 'applied' && step.isDecided
    isLost = step.kind === 'applied' && step.lostPlace
    if (isLost && rotations < maxRotations) continue
    if (step.kind === 'applied') {
      scopes += step.isOtherScope ? 1 : 0
      if (scopes > maxScopes) return fail({ kind: 'unreachable', code: 'scope-changed' })
      if (step.sent > 0 && step.receipts === 0) return fail({ kind: 'unreachable', code: 'no-receipts' })
      if (!step.more && (step.left <= 0 || step.sent === 0)) {
        // A receipt came of which nobody here knew: a coordinator would go on waiting for what has long arrived. Each time less is left to be told.
        if (!step.isToldTooMuch) return ok({ isDecided })
      }
    } else if (step.kind === 'stale' || step.kind === 'set-back' || isOtherEpoch(step)) {
      epochs += 1
      if (epochs > maxEpochs) return fail({ kind: 'unreachable', code: 'epoch-changed' })
      if (step.kind === 'failed') await takeEpoch(ground, step)
      if (step.kind === 'set-back') {
        const parted = step.head === null ? await import('#device/sync/parted.ts').then(({ partedAt }) => partedAt(ground)) : ok(step.head)
        if (!parted.ok) return fail(plainProblem(parted.problem))
        await changeEpoch(ground.db, { epoch: step.epoch, restoredSeq: parted.value })
      }
    } else return fail(plainProblem(step.problem))
  }
}

type Failed = Extract<Exchange, { kind: 'failed' }>

function isOtherEpoch({ problem }: Failed): boolean {
  return problem.code === 'epoch-changed' && problem.epoch !== undefined
}

async function takeEpoch({ db }: WalkGround, { problem }: Failed): Promise<void> {
  if (problem.epoch !== undefined) await changeEpoch(db, { epoch: problem.epoch, restoredSeq: problem.restoredSeq ?? 0 })
}

/** Our server could not take the request; 413 may also come from a proxy before it. */
function isPoison({ problem: { status, isOurs }, run }: Failed): boolean {
  return run.length > 0 && (status === 413 || (isOurs && (status === 400 || status === 422)))
}

/**
 * Something before the server, a filter mostly, lets these words not through. It may do so tomorrow: they are good, and no matter for the quarantine. Filters
 * say so in many ways, by 403, 405, 406 or 451, or with a page of their own and 200.
 */
function isForbidden({ problem, run }: Failed): boolean {
  return run.length > 0 && isForbiddenBy(problem)
}

function isForbiddenBy({ status, isOurs }: HttpProblem): boolean {
  return !isOurs && status !== null && status < 500 && !concernsAll.has(status)
}

/** Asks for a name, was too slow, too large or too often: not for these words. */
const concernsAll: ReadonlySet<number> = new Set([401, 407, 408, 413, 429])

async function handedOver(ground: WalkGround, refused: Failed, aside: Aside): Promise<Result<null, ApiProblem>> {
  const [row] = refused.run
  if (row === undefined) return ok(null)
  const handed = isForbidden(refused) ? fail(refused.problem) : await ground.inSession(() => handOver(ground, refused.place, row))
  if (handed.ok) return handed
  if (handed.problem.status !== 413 && !isForbiddenBy(handed.problem)) return fail(plainProblem(handed.problem))
  aside.ids.add(row.id)
  aside.problem = plainProblem(handed.problem)
  return ok(null)
}
