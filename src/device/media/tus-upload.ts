import type { HttpStack, UrlStorage } from 'tus-js-client'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem, DeviceGround, UploadFile } from '#device/device.ts'

const endpoint = '/api/v1/files'
const chunkSize = 256 * 1024
/** Nothing was sent for that long: the connection is dead, whatever it says. */
const stallMs = 60_000

/** Nothing is kept in localStorage: the server names an upload by device and hash, so a lost answer is found again by that name. */
const noUrls: UrlStorage = {
  findAllUploads: () => Promise.resolve([]),
  findUploadsByFingerprint: () => Promise.resolve([]),
  removeUpload: () => Promise.resolve(),
  addUpload: () => Promise.resolve(''),
}

/** Sends one file by tus, from where an earlier try stopped. The library is loaded with the first file, not with the app. */
export function createUpload(options: { readonly httpStack?: HttpStack; readonly origin?: string } = {}): DeviceGround['upload'] {
  return async (file) => {
    const tus = await import('tus-js-client').catch(() => null)
    if (tus === null) return fail({ kind: 'unreachable', code: 'no-answer' })
    const at = `${options.origin ?? ''}${endpoint}`
    return new Promise((resolve) => {
      let stall: ReturnType<typeof setTimeout> | undefined
      const end = (result: Result<null, ApiProblem>): void => {
        clearTimeout(stall)
        resolve(result)
      }
      const upload = new tus.Upload(new Blob([file.bytes], { type: file.type }), {
        endpoint: at,
        // Asked first; unknown there, it is made by the endpoint.
        uploadUrl: `${at}/${file.campaignId}.${file.deviceId}.${file.sha256}`,
        fingerprint: () => Promise.resolve(file.sha256),
        metadata: metadataOf(file),
        headers: { 'x-terrain': '1' },
        chunkSize,
        // The sync runner does the waiting, for files and changes alike.
        retryDelays: null,
        storeFingerprintForResuming: false,
        urlStorage: noUrls,
        ...(options.httpStack === undefined ? {} : { httpStack: options.httpStack }),
        onProgress: (sentBytes) => {
          watchStall()
          file.onProgress(sentBytes)
        },
        onSuccess: () => end(ok(null)),
        onError: (error) => end(fail(uploadProblem(error))),
      })
      function watchStall(): void {
        clearTimeout(stall)
        stall = setTimeout(() => {
          void upload.abort().finally(() => end(fail({ kind: 'unreachable', code: 'stalled' })))
        }, stallMs)
      }
      watchStall()
      upload.start()
    })
  }
}

function metadataOf({ sha256, type, entryId, campaignId }: UploadFile): Record<string, string> {
  return { sha256, type, entryId, campaignId }
}

/** By the status alone; 401 is what renews the session. */
export function uploadProblem(error: unknown): ApiProblem {
  const status = statusOf(error)
  if (status === 401) return { kind: 'refused', code: 'no-session' }
  if (status !== null && status >= 400 && status < 500 && status !== 408 && status !== 423 && status !== 429) return { kind: 'refused', code: `upload-${status}` }
  return { kind: 'unreachable', code: status === null ? 'no-answer' : `upload-${status}` }
}

function statusOf(error: unknown): number | null {
  const response: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'originalResponse') : null
  if (typeof response !== 'object' || response === null || !('getStatus' in response) || typeof response.getStatus !== 'function') return null
  const status: unknown = response.getStatus()
  return typeof status === 'number' && status > 0 ? status : null
}
