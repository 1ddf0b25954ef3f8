import type { HttpRequest, HttpResponse, UploadOptions, UrlStorage } from 'tus-js-client'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { UploadFile } from '#device/upload-file.ts'

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

/** Each answer 409 says that the server stands elsewhere than this side believed; after so many, something else is wrong. */
const maxConflicts = 3

/**
 * Sends one file by tus, from where an earlier try stopped, and resolves when the server has it: with the answer to its last byte,
 * or with its word that the file is complete, which it gives only for what it keeps. The library is loaded with the first file.
 */
export function createUpload(origin = ''): DeviceGround['upload'] {
  return async (file) => {
    for (let conflicts = 0; ; conflicts += 1) {
      const sent = await attempt(origin, file)
      if (sent.ok || sent.problem.code !== conflict || conflicts === maxConflicts) return sent
    }
  }
}

/** Begins with the question how far the server is, and goes on from there. */
async function attempt(origin: string, file: UploadFile): Promise<Result<null, ApiProblem>> {
  const tus = await import('tus-js-client').catch(() => null)
  if (tus === null) return fail({ kind: 'unreachable', code: 'no-answer' })
  return new Promise((resolve) => {
    let stall: ReturnType<typeof setTimeout> | undefined
    const end = (outcome: Result<null, ApiProblem>): void => {
      clearTimeout(stall)
      resolve(outcome)
    }
    const watchStall = (): void => {
      clearTimeout(stall)
      stall = setTimeout(() => {
        void upload.abort().finally(() => end(fail({ kind: 'unreachable', code: 'stalled' })))
      }, stallMs)
    }
    // The library wants a file and never reads it, because it has a source: the bytes would be copied to where no page frees them.
    const upload = new tus.Upload(new Blob(), {
      ...optionsOf(origin, file),
      onProgress: (sentBytes) => {
        watchStall()
        file.onProgress(sentBytes)
      },
      onSuccess: () => end(ok(null)),
      onError: (error) => end(fail(uploadProblem(error))),
    })
    watchStall()
    upload.start()
  })
}

function optionsOf(origin: string, { sha256, type, entryId, campaignId, deviceId, bytes }: UploadFile): UploadOptions {
  return {
    endpoint: `${origin}${endpoint}`,
    // Asked first; what is unknown there is made by the endpoint.
    uploadUrl: `${origin}${endpoint}/${campaignId}.${deviceId}.${sha256}`,
    fingerprint: () => Promise.resolve(sha256),
    metadata: { sha256, type, entryId, campaignId },
    headers: { 'x-terrain': deviceId },
    chunkSize,
    // The sync runner does the waiting, for files and changes alike.
    retryDelays: null,
    storeFingerprintForResuming: false,
    urlStorage: noUrls,
    onAfterResponse: (request, response) => {
      refuseToBeginAnew(request.getMethod(), response)
      refuseToGoRound(request, response, bytes.byteLength)
    },
    fileReader: { openFile: () => Promise.resolve(sourceOf(bytes)) },
  }
}

/**
 * After any failed question the library would make the upload anew and send what is there already once more. It may where the
 * server says that it knows no such upload, and only there.
 */
function refuseToBeginAnew(method: string, response: HttpResponse): void {
  const status = response.getStatus()
  const isKnownOrNot = (status >= 200 && status < 300) || status === 404 || status === 410
  if (method === 'HEAD' && !isKnownOrNot) throw new UnsureAnswer(response)
}

/**
 * A proxy that passes on no body of a PATCH, or gives an old answer again, makes of each part a success that brings nothing further. The library sends
 * the same part again at once, without an end and without being counted; the runner looks again later.
 */
function refuseToGoRound(request: HttpRequest, response: HttpResponse, size: number): void {
  const [status, place] = [response.getStatus(), response.getHeader('Upload-Offset')]
  if (request.getMethod() !== 'PATCH' || status < 200 || status > 299 || place === undefined) return
  if (Number(place) !== Math.min(Number(request.getHeader('Upload-Offset')) + chunkSize, size)) throw new UnsureAnswer(response)
}

/** The server could not say how far the upload is, or says what cannot be. */
class UnsureAnswer extends Error {
  readonly status: number
  readonly isPage: boolean

  constructor(response: HttpResponse) {
    super(`a question after an upload, or a part of it, was answered ${response.getStatus()}`)
    this.status = response.getStatus()
    this.isPage = isHtml(response)
  }
}

/** Slices of the bytes themselves: what reads alike in every engine, without the Blobs that some of them lose. */
function sourceOf(bytes: ArrayBuffer) {
  return {
    size: bytes.byteLength,
    // The library counts what it sends by `size`, which Blobs have.
    slice: (start: number, end: number) => Promise.resolve({ value: Object.assign(new Uint8Array(bytes.slice(start, end)), { size: end - start }), done: end >= bytes.byteLength }),
    close: () => undefined,
  }
}

/** By the status, and by who says it; 401 is what renews the session. */
export function uploadProblem(error: unknown): ApiProblem {
  const status = statusOf(error)
  const code = status === null ? 'no-answer' : `${isPage(error) ? 'http' : 'upload'}-${status}`
  if (status === 401) return { kind: 'refused', code: 'no-session' }
  if (status !== null && status >= 400 && status < 500 && !passing.has(status)) return { kind: 'refused', code }
  return { kind: 'unreachable', code }
}

/** Timed out, elsewhere, locked, too many: the same file may pass a little later. */
const passing: ReadonlySet<number> = new Set([408, 409, 423, 429])
const conflict = 'upload-409'

function statusOf(error: unknown): number | null {
  const cause = causeOf(error)
  if (cause !== null) return cause.status
  const response = responseOf(error)
  const status: unknown = response !== null && typeof response.getStatus === 'function' ? response.getStatus() : null
  return typeof status === 'number' && status > 0 ? status : null
}

/** What something on the way says, it says in a page of its own; our server says nothing of an upload in HTML. */
function isPage(error: unknown): boolean {
  const response = responseOf(error)
  return causeOf(error)?.isPage ?? (response !== null && typeof response.getHeader === 'function' && isHtml(response))
}

function isHtml(response: Pick<HttpResponse, 'getHeader'>): boolean {
  return /html/i.test(response.getHeader('Content-Type') ?? '')
}

function causeOf(error: unknown): UnsureAnswer | null {
  const cause: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'causingError') : null
  return cause instanceof UnsureAnswer ? cause : null
}

function responseOf(error: unknown): HttpResponse | null {
  const response: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'originalResponse') : null
  return typeof response === 'object' && response !== null && 'getStatus' in response ? (response as HttpResponse) : null
}
