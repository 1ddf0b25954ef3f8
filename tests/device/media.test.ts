import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { UploadFile } from '#device/upload-file.ts'
import { isMetered } from '#device/media/browser-ground.ts'
import { createBrowserCrypto } from '#device/media/browser-crypto.ts'
import { fittingSize, photoLimit, smallerSides, thumbLimit } from '#device/media/photo-size.ts'
import { createPhotoMaker } from '#device/media/photo-maker.ts'
import type { PhotoAnswer, PhotoMaker, PhotoWorker } from '#device/media/photo-maker.ts'
import { createUpload, uploadProblem } from '#device/media/tus-upload.ts'

let server: Server | null = null
afterEach(() => {
  server?.close()
  server = null
})

describe('the size of a picture', () => {
  it('[ME1] the longest side fits, the shape stays, and small ones are not made larger', () => {
    expect(fittingSize({ width: 4000, height: 3000 }, photoLimit.longestSide)).toEqual({ width: 1600, height: 1200 })
    expect(fittingSize({ width: 3000, height: 4000 }, thumbLimit.longestSide)).toEqual({ width: 240, height: 320 })
    expect(fittingSize({ width: 640, height: 480 }, photoLimit.longestSide)).toEqual({ width: 640, height: 480 })
    expect(fittingSize({ width: 10_000, height: 2 }, thumbLimit.longestSide)).toEqual({ width: 320, height: 1 })
    expect(smallerSides(1600)).toEqual([1600, 1200, 800, 560, 400])
  })
})

describe('where a photo is made small', () => {
  const photo = { bytes: new ArrayBuffer(8), type: 'image/webp', width: 4, height: 3, thumb: new ArrayBuffer(2) } as const
  const file = new Blob(['a picture'])

  /** A worker that answers as a test wants, and tells what was done with it. */
  function worker(answer: PhotoAnswer | 'error' | 'garbled', log: unknown[]): PhotoWorker {
    const started: PhotoWorker = {
      onmessage: null, onerror: null, onmessageerror: null,
      terminate: () => void log.push('ended'),
      postMessage: (original: unknown) => {
        log.push(original)
        queueMicrotask(() => {
          if (answer === 'error') started.onerror?.call(started as Worker, new Event('error') as ErrorEvent)
          else if (answer === 'garbled') started.onmessageerror?.call(started as Worker, new MessageEvent('messageerror'))
          else started.onmessage?.call(started as Worker, new MessageEvent('message', { data: answer }))
        })
      },
    }
    return started
  }
  const never: PhotoMaker = () => Promise.reject(new Error('not on the thread of the screen'))

  it('[ME20] a worker makes it, is given the picture once, and is ended after it', async () => {
    const log: unknown[] = []
    expect(await createPhotoMaker(() => worker({ kind: 'made', photo }, log), never)(file)).toEqual(photo)
    expect(log).toEqual([file, 'ended'])
  })

  it('[ME20] what is no picture is refused by the worker alone', async () => {
    expect(await createPhotoMaker(() => worker({ kind: 'unreadable' }, []), never)(file)).toBeNull()
  })

  it('[ME21] where the worker cannot, fails, or may not be started, the thread of the screen does it', async () => {
    const here: PhotoMaker = (original) => Promise.resolve(original === file ? photo : null)
    for (const answer of [{ kind: 'unable' }, 'error', 'garbled'] as const) expect(await createPhotoMaker(() => worker(answer, []), here)(file)).toEqual(photo)
    expect(await createPhotoMaker(() => {
      throw new TypeError('the policy does not let it pass')
    }, here)(file)).toEqual(photo)
  })
})

describe('uploads', () => {
  it('[ME2] a file is proved by the answer to its last byte', async () => {
    const tus = await startTus()
    expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: true, value: null })
    expect(tus.log).toEqual(['HEAD', 'POST', 'PATCH 0', 'PATCH 262144', 'PATCH 524288'])
    expect(Buffer.compare(tus.bytes(), Buffer.from(aFile().bytes))).toBe(0)
    expect(tus.metadata()).toEqual({ sha256: 'ab', type: 'image/webp', entryId: 'entry', campaignId: 'campaign' })
    expect(tus.headers()).toEqual(['device'])
  })

  it('[ME2] of an upload that the server calls complete nothing is sent again', async () => {
    const tus = await startTus(Buffer.from(aFile().bytes))
    expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: true, value: null })
    expect(tus.log).toEqual(['HEAD'])
  })

  it('[ME28] no part of a file is made a Blob, which the browser would keep', async () => {
    const tus = await startTus()
    const kept: number[] = []
    const Real = Blob
    vi.stubGlobal('Blob', class extends Real {
      constructor(pieces: BlobPart[] = [], options?: BlobPropertyBag) {
        super(pieces, options)
        kept.push(this.size)
      }
    })
    expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: true, value: null })
    vi.unstubAllGlobals()
    expect(Buffer.compare(tus.bytes(), Buffer.from(aFile().bytes))).toBe(0)
    expect(kept.filter((size) => size > 0)).toEqual([])
  })

  it('[ME8] at a conflict the server is asked how far it is, and the upload goes on from there', async () => {
    const tus = await startTus(Buffer.from(aFile().bytes.slice(0, 100_000)))
    tus.conflict(Buffer.from(aFile().bytes.slice(0, 400_000)))
    expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: true, value: null })
    expect(tus.log).toEqual(['HEAD', 'PATCH 100000', 'HEAD', 'PATCH 400000'])
    expect(Buffer.compare(tus.bytes(), Buffer.from(aFile().bytes))).toBe(0)
  })

  it('[ME8] a server that cannot say how far it is gets nothing anew; it is asked again later, and the upload goes on', async () => {
    const tus = await startTus(Buffer.from(aFile().bytes.slice(0, 300_000)))
    for (const status of [503, 423, 500]) {
      tus.down(status)
      expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: false, problem: { kind: 'unreachable', code: `upload-${status}` } })
    }
    expect(tus.log.filter((line) => line !== 'HEAD')).toEqual([])
    tus.down(null)
    expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: true, value: null })
    expect(tus.log.filter((line) => line !== 'HEAD')).toEqual(['PATCH 300000', 'PATCH 562144'])
  })

  it('[ME8] conflicts without an end are left for later', async () => {
    const tus = await startTus()
    tus.fail(409)
    expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: false, problem: { kind: 'unreachable', code: 'upload-409' } })
    expect(tus.paths().filter((path) => path.endsWith('ab'))).toHaveLength(4)
  })

  it('[ME29] a part of which nothing, not all or more than there is has arrived, by the answer, ends the try: it is not sent again and again', async () => {
    for (const told of [0, 100, 999_999]) {
      const tus = await startTus(Buffer.alloc(0))
      tus.tell(told)
      expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: false, problem: { kind: 'unreachable', code: 'upload-204' } })
      expect(tus.log).toEqual(['HEAD', 'PATCH 0'])
      tus.tell(null)
      expect((await createUpload(tus.origin)(aFile())).ok).toBe(true)
      server?.close()
    }
  })

  it('[ME10] a connection counts data when the browser says so, and is not guessed at', () => {
    expect([{ saveData: true, type: 'wifi' }, { type: 'cellular' }, { type: 'wifi', saveData: false }, { type: 'unknown' }, { saveData: false }, null].map(isMetered)).toEqual([true, true, false, null, null, null])
  })

  it('[ME3] an upload goes on where it stopped, under its own name', async () => {
    const tus = await startTus(Buffer.from(aFile().bytes.slice(0, 300_000)))
    const progress: number[] = []
    expect((await createUpload(tus.origin)({ ...aFile(), onProgress: (sent) => progress.push(sent) })).ok).toBe(true)
    expect(tus.log).toEqual(['HEAD', 'PATCH 300000', 'PATCH 562144'])
    expect(tus.paths()[0]).toBe('/api/v1/files/campaign.device.ab')
    expect([Buffer.compare(tus.bytes(), Buffer.from(aFile().bytes)), progress.at(-1)]).toEqual([0, 600_000])
  })

  it('[ME4] an ended session, a refusal and what passes are told apart', async () => {
    const tus = await startTus()
    for (const [status, problem] of [[401, { kind: 'refused', code: 'no-session' }], [422, { kind: 'refused', code: 'upload-422' }], [503, { kind: 'unreachable', code: 'upload-503' }]] as const) {
      tus.fail(status)
      expect(await createUpload(tus.origin)(aFile())).toEqual({ ok: false, problem })
    }
    expect(await createUpload('http://127.0.0.1:1')(aFile())).toEqual({ ok: false, problem: { kind: 'unreachable', code: 'no-answer' } })
    expect(uploadProblem({ originalResponse: { getStatus: () => 423 } })).toEqual({ kind: 'unreachable', code: 'upload-423' })
  })

  it('[ME780] what something on the way says in a page of its own is not called a word of the server', () => {
    const answered = (status: number, type: string | undefined) => uploadProblem({ originalResponse: { getStatus: () => status, getHeader: () => type } })
    expect(answered(403, 'text/html; charset=utf-8')).toEqual({ kind: 'refused', code: 'http-403' })
    expect(answered(200, 'text/html')).toEqual({ kind: 'unreachable', code: 'http-200' })
    expect([answered(403, 'application/problem+json'), answered(413, undefined)]).toEqual([{ kind: 'refused', code: 'upload-403' }, { kind: 'refused', code: 'upload-413' }])
  })
})

describe('the key of the device', () => {
  it('[ME5] signs what WebCrypto verifies and cannot be taken out', async () => {
    const crypto = createBrowserCrypto(globalThis.crypto.subtle)
    const { keyPair, publicKey } = await crypto.createKeyPair()
    const sig = await crypto.sign(keyPair, 'a hash')
    const key = await globalThis.crypto.subtle.importKey('jwk', publicKey, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])
    expect(sig).toMatch(/^[A-Za-z0-9_-]{86}$/)
    expect(await globalThis.crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(sig, 'base64url'), Buffer.from('a hash'))).toBe(true)
    await expect(globalThis.crypto.subtle.exportKey('pkcs8', (keyPair as CryptoKeyPair).privateKey)).rejects.toThrow()
    expect(await crypto.digestText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await crypto.digestBytes(Uint8Array.from([97, 98, 99]).buffer)).toBe(await crypto.digestText('abc'))
  })
})

function aFile(): UploadFile {
  const bytes = Uint8Array.from({ length: 600_000 }, (_, i) => i % 251).buffer
  return { sha256: 'ab' as never, type: 'image/webp', bytes, entryId: 'entry' as never, campaignId: 'campaign', deviceId: 'device' as never, onProgress: () => undefined }
}

/** As much of tus 1.0 as one file needs. */
async function startTus(first: Buffer | null = null) {
  let [held, status]: [Buffer | null, number | null] = [first, null]
  let elsewhere: Buffer | null = null
  let isDown = false
  let told: number | null = null
  let metadata: Record<string, string> = {}
  const [log, paths, headers]: [string[], string[], Set<unknown>] = [[], [], new Set()]
  server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      paths.push(String(request.url))
      headers.add(request.headers['x-terrain'])
      if (status !== null) return void response.writeHead(request.method === 'HEAD' && !isDown ? 404 : status).end()
      log.push(request.method === 'PATCH' ? `PATCH ${String(request.headers['upload-offset'])}` : String(request.method))
      if (request.method === 'POST') {
        held = Buffer.alloc(0)
        metadata = Object.fromEntries(String(request.headers['upload-metadata']).split(',').map((pair) => pair.split(' ')).map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString()]))
        return void response.writeHead(201, { location: '/api/v1/files/campaign.device.ab', 'tus-resumable': '1.0.0' }).end()
      }
      if (held === null) return void response.writeHead(404).end()
      if (request.method === 'PATCH' && elsewhere !== null) {
        held = elsewhere
        elsewhere = null
        return void response.writeHead(409).end()
      }
      if (request.method === 'PATCH' && told !== null) return void response.writeHead(204, { 'upload-offset': told, 'tus-resumable': '1.0.0' }).end()
      if (request.method === 'PATCH') held = Buffer.concat([held, body])
      response.writeHead(request.method === 'HEAD' ? 200 : 204, { 'upload-offset': held.length, 'upload-length': 600_000, 'tus-resumable': '1.0.0' }).end()
    })()
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`, log, paths: () => paths, headers: () => [...headers], metadata: () => metadata, bytes: () => held ?? Buffer.alloc(0),
    fail: (next: number) => {
      status = next
    },
    /** Answers nothing else, not even how far it is; until null. */
    down: (next: number | null) => {
      status = next
      isDown = next !== null
    },
    /** Every PATCH is answered so, and its body is lost on the way; until null. */
    tell: (place: number | null) => {
      told = place
    },
    /** The next PATCH finds that another request has brought the upload there. */
    conflict: (bytes: Buffer) => {
      elsewhere = bytes
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
