import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { zipStream } from '#server/transfer/zip-stream.ts'
import { unzipped } from '../../support/unzipped.ts'

const at = new Date('2026-03-01T08:30:42Z')

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('a ZIP that is written while it is read', () => {
  it('[SE162] holds every file with its sum, and the names in any script', async () => {
    const long = Array.from({ length: 20_000 }, (_, index) => `line ${index} of a long text\n`)
    const files = unzipped(await bytesOf(zipStream([{ path: 'a/b.xml', text: ['<a/>'] }, { path: 'ملف.txt', text: long }, { path: 'empty', text: [] }], at)))
    expect([...files.keys()]).toEqual(['a/b.xml', 'ملف.txt', 'empty'])
    expect([files.get('a/b.xml'), files.get('ملف.txt'), files.get('empty')]).toEqual(['<a/>', long.join(''), ''])
  })

  it('[SE162] fails with its source, and ends it when nobody reads on', async () => {
    const failing = async function* () {
      yield 'half'
      throw new Error('the store is gone')
    }
    await expect(bytesOf(zipStream([{ path: 'a', text: failing() }], at))).rejects.toThrow('the store is gone')
    let ended: () => void = () => {}
    const hasEnded = new Promise<void>((resolve) => {
      ended = resolve
    })
    const endless = async function* () {
      try {
        for (let count = 0; ; count += 1) yield `${Math.sin(count)} `.repeat(50)
      } finally {
        ended()
      }
    }
    let read = 0
    for await (const piece of zipStream([{ path: 'a', text: endless() }], at)) {
      read += piece.length
      if (read > 100_000) break
    }
    await hasEnded
    expect(read).toBeGreaterThan(100_000)
  })
})
