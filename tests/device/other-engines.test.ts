import { afterEach, describe, expect, it, vi } from 'vitest'
import { createBrowserGround } from '#device/media/browser-ground.ts'
import { shrinkPhoto } from '#device/media/shrink-photo.ts'
import { createHealthMeter } from '#device/storage-health.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** What stands in for a canvas that nobody looks at. */
class Canvas {
  readonly width: number
  readonly height: number
  constructor(width: number, height: number) {
    this.width = width
    this.height = height
  }
  getContext() {
    return { fillRect: () => undefined, drawImage: () => undefined }
  }
  convertToBlob({ type }: { readonly type: string }) {
    return Promise.resolve(new Blob(['drawn'], { type }))
  }
}

/** That of Firefox: `toBlob` is an older name of `convertToBlob`, which takes a type and calls nobody back. */
class CanvasOfFirefox extends Canvas {
  toBlob(type: unknown) {
    return Promise.resolve(new Blob(['drawn'], { type: String(type) }))
  }
}

describe('a photo in every engine', () => {
  it.each([['Chromium', Canvas], ['Firefox', CanvasOfFirefox]])('[ME796] is made small with the canvas that workers of %s have', async (_, engine) => {
    vi.stubGlobal('OffscreenCanvas', engine)
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 3200, height: 2400, close: () => undefined }))
    expect(await shrinkPhoto(new Blob(['a picture']))).toMatchObject({ type: 'image/webp', width: 1600, height: 1200 })
  })
})

describe('a browser that says nothing of its storage', () => {
  it.each([['with no word at all', {}], ['that promises, and does not count', { storage: { persist: async () => true, persisted: async () => true } }]])('[ME797] %s is asked all the same, and what it does not say is not guessed', async (_, said) => {
    vi.stubGlobal('navigator', { userAgent: 'Safari', onLine: true, ...said })
    vi.stubGlobal('window', globalThis)
    const health = createHealthMeter(createBrowserGround({ appVersion: '1', databaseName: 'none', whenIdle: () => undefined }))
    await health.askToPersist()
    expect(health.watch.get()).toEqual({ persisted: 'storage' in said ? true : null, usedBytes: null, quotaBytes: null })
  })
})
