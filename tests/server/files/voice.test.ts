import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isVoice } from '#server/files/voice.ts'
import { opusInOgg } from '../../support/opus-in-ogg.ts'

const webm = readFileSync(new URL('../../support/voices/two-seconds.webm', import.meta.url))
const mp4 = readFileSync(new URL('../../support/voices/two-seconds.mp4', import.meta.url))
const ogg = opusInOgg()

function replaced(file: Buffer, from: Buffer, to: Buffer): Buffer {
  const at = file.indexOf(from)
  expect(at).toBeGreaterThan(-1)
  return Buffer.concat([file.subarray(0, at), to, file.subarray(at + from.length)])
}

describe('what a voice note is', () => {
  it('[SE90] WebM, Ogg and MP4 with sound are, and also what a killed browser left of them', () => {
    expect([isVoice('audio/webm', webm), isVoice('audio/mp4', mp4), isVoice('audio/ogg', ogg)]).toEqual([true, true, true])
    // A recorder hands out clusters of unknown length: the first slice alone can be played.
    expect(isVoice('audio/webm', webm.subarray(0, 1594))).toBe(true)
  })

  it('[SE91] a file of another type than it says is none', () => {
    const all = { 'audio/webm': webm, 'audio/mp4': mp4, 'audio/ogg': ogg } as const
    for (const [type, file] of Object.entries(all)) for (const other of Object.keys(all).filter((name) => name !== type)) expect([other, isVoice(other, file)]).toEqual([other, false])
    expect([isVoice('image/webp', webm), isVoice('text/html', webm), isVoice('audio/mpeg', mp4)]).toEqual([false, false, false])
  })

  it('[SE91] a film is none, nor is a film with sound', () => {
    expect(isVoice('audio/webm', replaced(webm, Buffer.from([0x83, 0x81, 0x02]), Buffer.from([0x83, 0x81, 0x01])))).toBe(false)
    expect(isVoice('audio/mp4', replaced(mp4, Buffer.from('soun'), Buffer.from('vide')))).toBe(false)
    expect(isVoice('audio/ogg', replaced(ogg, Buffer.from('OpusHead'), Buffer.from('\u0080theora', 'latin1')))).toBe(false)
  })

  it('[SE91] pages, pictures, nothing, and bytes that end or lie are none', () => {
    const others = [Buffer.alloc(0), Buffer.from([0x1a]), Buffer.from('<html><script>alert(1)</script>'), Buffer.from('OggS'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64), Buffer.alloc(64, 255)]
    for (const type of ['audio/webm', 'audio/mp4', 'audio/ogg']) for (const bytes of others) expect(isVoice(type, bytes)).toBe(false)
    // Every prefix and every flipped byte of the head is judged without a fault.
    for (const [type, file] of [['audio/webm', webm], ['audio/mp4', mp4], ['audio/ogg', ogg]] as const) {
      for (let at = 0; at < 300; at += 1) {
        const bent = Buffer.from(file)
        bent[at] = (bent[at] ?? 0) ^ 0xff
        expect(typeof isVoice(type, bent)).toBe('boolean')
        expect(typeof isVoice(type, file.subarray(0, at))).toBe('boolean')
      }
    }
  })
})
