import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isVoice, markSent, pendingFiles } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import { withReserve } from '#device/store/reserve.ts'
import { isFull } from '#device/store/storage-problem.ts'
import { unreadFile } from '#device/sync/answered-by.ts'
import { refusalsOf } from '#device/sync/refused-files.ts'
import type { InSession } from '#device/sync/session.ts'
import { isAltered, soundBytes } from '#device/sync/sound-files.ts'
import { hasRoomFor, spend } from '#device/sync/upload-budget.ts'
import type { BudgetGround } from '#device/sync/upload-budget.ts'

export interface UploadGround extends BudgetGround {
  readonly crypto: Pick<DeviceGround['crypto'], 'digestBytes'>
  readonly inSession: InSession
  readonly upload: DeviceGround['upload']
  /** A person has asked for all photos, whatever the day's share. */
  readonly isForAllPhotos: () => boolean
  /** Something was saved meanwhile: its words go before the next file. */
  readonly hasNews: () => boolean
  /** Who asks for it has everything tried, whatever was refused before. */
  readonly byPerson: boolean
}

/** The server has hashed it. */
const otherBytes = 'upload-422'

export interface Uploaded {
  readonly sent: number
  readonly held: Held
}

/** What waits for another connection or another day; `voices` are among the files. */
export interface Held {
  readonly files: number
  readonly voices: number
}

/**
 * Sends what is pending, thumbnails first. One file that the server refuses, or that cannot be read, does not stop the others; a connection that
 * ends does. The bytes stay here: a file is sent when its last byte was answered, which the server does after hash check and fsync.
 */
export async function uploadPending(ground: UploadGround): Promise<Result<Uploaded, ApiProblem>> {
  const { db, inSession, upload } = ground
  const { own, pull, waiting } = await standing(db)
  if (own === undefined || pull === undefined) return ok({ sent: 0, held: { files: 0, voices: 0 } })
  const { membership, identity } = own
  let sent = 0
  let held: Held = { files: 0, voices: 0 }
  const refusals = refusalsOf(ground)
  let refused: ApiProblem | null = null
  for (const file of waiting) {
    if (ground.hasNews()) break
    if (file.role === 'original' && !ground.isForAllPhotos() && !(await hasRoomFor(ground, file.bytes))) {
      held = { files: held.files + 1, voices: held.voices + (isVoice(file) ? 1 : 0) }
      continue
    }
    // Erased meanwhile, by another window too: what is read of it would be as long, and nothing but zeros.
    if ((await db.files.get([file.entryId, file.sha256])) === undefined) continue
    const rests = refusals.of(identity.deviceId, file)
    refused = rests ?? refused
    const bytes = rests === null ? await soundBytes(db, file) : 'resting'
    if (bytes === 'unread') refused = { kind: 'refused', code: unreadFile }
    if (typeof bytes === 'string') continue
    const { sha256, type, entryId } = file
    const gone = createCounter()
    const answer = await inSession(() => upload({ sha256, type, entryId, bytes, campaignId: membership.campaign.id, deviceId: identity.deviceId, onProgress: gone.reach }))
    await noted(db, () => spend(ground, gone.bytes()))
    if (answer.ok) {
      await noted(db, () => markSent(db, file, pull.epoch))
      sent += 1
    } else if (answer.problem.code === otherBytes && (await isAltered(ground, file, bytes))) {
      continue
    } else if (answer.problem.kind === 'refused' && answer.problem.code !== 'device-revoked') {
      refused = answer.problem
      if (gone.bytes() > 0) refusals.note(identity.deviceId, file, refused)
    } else return fail(answer.problem)
  }
  return refused === null ? ok({ sent, held }) : fail(refused)
}

/** For what finds no room here, not even that for words, the next walk asks again: the server says that it has the file before a byte goes. */
export async function noted(db: DeviceDatabase, run: () => Promise<void>): Promise<void> {
  await withReserve(db, run).catch((error: unknown) => {
    if (!isFull(error)) throw error
  })
}

/** Who sends, where, and what: one and the same state. */
function standing(db: DeviceDatabase) {
  return db.read([db.meta, db.files], async () => {
    const pull = await readMeta(db, 'pull')
    return { own: await readMeta(db, 'membership'), pull, waiting: pull === undefined ? [] : await pendingFiles(db, pull.epoch) }
  })
}

/** What went over the air, from places in the file: an upload begins where an earlier one stopped, and may be set back. */
function createCounter(): { readonly reach: (place: number) => void; readonly bytes: () => number } {
  let last: number | null = null
  let bytes = 0
  return {
    reach: (place) => {
      bytes += Math.max(0, place - (last ?? place))
      last = place
    },
    bytes: () => bytes,
  }
}
