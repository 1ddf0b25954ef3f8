import type { Sha256 } from '#domain/ids.ts'
import type { Device } from '#device/device.ts'
import { createBrowserGround } from '#device/media/browser-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { aChallenge } from './contents.ts'

/** Fills the phone's own store, under the name that the app opens, with entries and photos that wait. */
const opened = openDevice(createBrowserGround({ appVersion: '0.0.1-waiting' }))

export async function join(link: string): Promise<string> {
  const joined = await (await opened).join({ invite: link.split('#').at(-1) ?? '', name: 'Awa', language: 'fr' })
  return joined.ok ? 'joined' : joined.problem.code
}

/** Saves entries `from` to `to`; the first `photos` of all have a photo each. */
export async function save(part: { readonly from: number; readonly to: number; readonly photos: number }): Promise<void> {
  const device = await opened
  const picture = await photograph()
  for (let at = part.from; at < part.to; at += 1) await savedEntry(device, at, at < part.photos ? picture : null)
}

export async function waiting(): Promise<{ readonly pendingChanges: number; readonly pendingFiles: number; readonly pendingBytes: number }> {
  const { pendingChanges, pendingFiles, pendingBytes } = await (await opened).flush()
  return { pendingChanges, pendingFiles, pendingBytes }
}

async function savedEntry(device: Device, at: number, picture: ArrayBuffer | null): Promise<void> {
  const draft = await device.createDraft('challenge')
  const photo = picture === null ? {} : { consentPhoto: true }
  await device.writeDraft(draft.id, { fields: { ...aChallenge({ description: `Place ${at}: the well has been dry since Monday, and people walk an hour for water.`, ...photo }) } })
  if (picture !== null) {
    const added: { readonly ok: boolean; readonly value?: Sha256 } = await device.addPhoto(draft.id, { bytes: marked(picture, at, 300_000), type: 'image/jpeg', width: 1600, height: 1200, thumb: marked(picture, at, 0) })
    if (!added.ok) throw new Error(`photo ${at} was not kept`)
  }
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
}

/** A real picture, small as a thumbnail. */
async function photograph(): Promise<ArrayBuffer> {
  const canvas = new OffscreenCanvas(160, 120)
  const paper = canvas.getContext('2d')
  if (paper === null) throw new Error('no canvas')
  for (let stripe = 0; stripe < 40; stripe += 1) {
    paper.fillStyle = `hsl(${stripe * 9} 60% 50%)`
    paper.fillRect(stripe * 4, 0, 4, 120)
  }
  return (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer()
}

/** The same picture with comments of chance behind its start: as long as a photo, and no other has its hash. */
function marked(picture: ArrayBuffer, at: number, bytes: number): ArrayBuffer {
  const parts: Uint8Array<ArrayBuffer>[] = [new Uint8Array(picture.slice(0, 2))]
  for (let left = Math.max(bytes, 16); left > 0; left -= 60_000) {
    const length = Math.min(left, 60_000)
    const comment = crypto.getRandomValues(new Uint8Array(length + 4))
    comment.set([0xff, 0xfe, (length + 2) >> 8, (length + 2) & 255, at >> 8, at & 255])
    parts.push(comment)
  }
  parts.push(new Uint8Array(picture.slice(2)))
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole.buffer
}
