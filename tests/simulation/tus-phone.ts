import { fail, ok } from '#domain/result.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { UploadFile } from '#device/upload-file.ts'
import { apiPrefix, ownHeader } from '#protocol/version.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

type Transmit = (request: WireRequest) => Promise<WireAnswer>
type Uploaded = Awaited<ReturnType<DeviceGround['upload']>>

/** tus 1.0 as the phone speaks it: where is it, make it, send it, what is no thumbnail in two pieces, so that it can be cut between them. */
export function uploadOver(transmit: Transmit): DeviceGround['upload'] {
  return async (file) => {
    try {
      return await upload(transmit, file)
    } catch {
      return fail({ kind: 'unreachable', code: 'no-answer' })
    }
  }
}

async function upload(transmit: Transmit, file: UploadFile): Promise<Uploaded> {
  const { sha256, type, entryId, campaignId, deviceId, bytes } = file
  const headers = { [ownHeader]: deviceId, 'tus-resumable': '1.0.0' }
  const url = `${apiPrefix}/files/${campaignId}.${deviceId}.${sha256}`
  const head = await transmit({ method: 'HEAD', url, headers })
  let offset = head.status === 200 ? Number(head.headers['upload-offset']) : 0
  // Somebody on the way answers in the server's place.
  if (!Number.isInteger(offset)) return refused({ ...head, status: 502 })
  if (head.status === 200 && offset === bytes.byteLength) return ok(null)
  if (head.status !== 200) {
    if (head.status !== 404) return refused(head)
    const metadata = Object.entries({ sha256, type, entryId, campaignId }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
    const made = await transmit({ method: 'POST', url: `${apiPrefix}/files`, headers: { ...headers, 'upload-length': String(bytes.byteLength), 'upload-metadata': metadata } })
    if (made.status !== 201) return refused(made)
    offset = 0
  }
  const half = Math.ceil(bytes.byteLength / 2)
  for (const end of [...(half > 50 ? [half] : []), bytes.byteLength].filter((place) => place > offset)) {
    const piece = new Uint8Array(bytes.slice(offset, end))
    const sent = await transmit({ method: 'PATCH', url, headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, payload: piece })
    if (sent.status !== 204) return refused(sent)
    offset = end
    file.onProgress(offset)
  }
  return ok(null)
}

function refused({ status }: WireAnswer): Uploaded {
  if (status === 401) return fail({ kind: 'refused', code: 'no-session' })
  // Told to ask again, or nothing that says anything about this file.
  if (status === 409 || status === 423 || status === 429 || status >= 500 || status < 400) return fail({ kind: 'unreachable', code: `upload-${status}` })
  return fail({ kind: 'refused', code: `upload-${status}` })
}
