import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { documentPicture, narrowPicture, shownPicture } from '#server/files/picture.ts'

const small = (background: string) => sharp({ create: { width: 640, height: 480, channels: 3, background } }).jpeg().toBuffer()

/** Takes a worker more than a second. */
async function made(): Promise<Buffer> {
  const [width, height] = [4000, 4000]
  const noise = randomBytes(width * 100 * 3)
  return sharp(Buffer.concat(Array.from({ length: height / 100 }, () => noise)), { raw: { width, height, channels: 3 } }).jpeg({ progressive: true, quality: 95 }).toBuffer()
}

const noisy = made()

/** Processes of this one that work on pictures. */
function workers(): readonly number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const isOurs = /^\S+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] === String(process.pid)
      return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('picture-worker.ts')
    } catch {
      return false
    }
  })
}

/** And until the server has heard of it. */
async function endAll(): Promise<void> {
  for (const pid of workers()) process.kill(pid, 'SIGKILL')
  while (workers().length > 0) await wait(20)
  await wait(200)
}

async function killOnce(known: readonly number[]): Promise<number> {
  for (let tries = 0; tries < 500; tries += 1) {
    const worker = workers().find((pid) => !known.includes(pid))
    if (worker !== undefined && isAtWork(worker) && process.kill(worker, 'SIGKILL')) return worker
    await wait(20)
  }
  throw new Error('no worker has come')
}

/** One that has loaded takes some eighty megabytes; the picture is forty-eight more. */
const loadedKb = 115_000

function isAtWork(pid: number): boolean {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) > loadedKb
}

describe('pictures in a worker', () => {
  it('[SE298] a picture that takes longer than it may is shown to nobody, and the next one is', { timeout: 120_000 }, async () => {
    expect(await shownPicture(await noisy, 0.4)).toBeNull()
    expect((await shownPicture(await small('#7a9')))?.length).toBeGreaterThan(20)
  })

  it('[SE328] a worker that ends over a picture is followed by one more, and a picture that ends both is shown to nobody', { timeout: 120_000 }, async () => {
    await endAll()
    const [bytes, other] = [await noisy, await small('#a97')]
    const [once, killed] = [shownPicture(bytes, 60), killOnce([])]
    await killed
    expect((await once)?.length).toBeGreaterThan(20)

    await endAll()
    const twice = shownPicture(bytes, 60)
    const first = await killOnce([])
    await killOnce([first])
    expect(await twice).toBeNull()
    expect((await shownPicture(other))?.length).toBeGreaterThan(20)
  })

  it('[SE870] one that cannot be begun is no fault of the picture: whoever asks is told to come again, and then it is made', { timeout: 120_000 }, async () => {
    await endAll()
    const [bytes, node] = [await small('#79a'), process.execPath]
    // Begins, and ends before it could load anything.
    process.execPath = '/bin/false'
    const reason = await shownPicture(bytes).catch((error: unknown) => error)
    process.execPath = node
    expect(reason).toBeInstanceOf(ShelfUnavailable)
    expect((await shownPicture(bytes))?.length).toBeGreaterThan(20)
  })

  it('[SE328] many at once are made by a few workers, each as it was ordered', { timeout: 60_000 }, async () => {
    const shown = await Promise.all(Array.from({ length: 12 }, async (_, nth) => shownPicture(await small(`#${nth.toString(16)}44`))))
    expect(new Set(shown.map((bytes) => Buffer.from(bytes ?? []).toString('base64'))).size).toBe(12)
    expect(workers().length).toBeLessThanOrEqual(2)
    const [first] = shown
    if (first === undefined || first === null) throw new Error('no picture')
    expect(await sharp(await narrowPicture(first, 320)).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 })
    const paper = await documentPicture(first)
    expect([paper.width, paper.height, (await sharp(paper.jpeg).metadata()).format]).toEqual([640, 480, 'jpeg'])
  })
})
