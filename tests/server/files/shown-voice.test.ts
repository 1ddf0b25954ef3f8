import { beforeAll, describe, expect, it } from 'vitest'
import { rewrittenVoice } from '#server/files/rewrite-voice.ts'
import { shownVoice } from '#server/files/shown-voice.ts'
import { isVoice } from '#server/files/voice.ts'
import { box, element, mp4Sound, oggOf, oggPackets, recorded, webmPackets } from '../../support/voice-packets.ts'

const mark = 'HOUSE-OF-AWA +18.5330-072.3370/'
const webm = recorded('two-seconds.webm')
const mp4 = recorded('two-seconds.mp4')
const packets = webmPackets(webm)
/** 60 ms at 48 kHz: as Chromium packs it. */
const samples = 2880

/** Behind the sound, where recorders put them: tags with a name, an attached file, a gap that holds something. */
const toldWebm = Buffer.concat([
  webm,
  element(0x1254c367, element(0x7373, element(0x63c0), element(0x67c8, element(0x45a3, Buffer.from('LOCATION')), element(0x4487, Buffer.from(mark))))),
  element(0x1941a469, element(0x61a7, element(0x466e, Buffer.from(`${mark}.jpg`)), element(0x4660, Buffer.from('image/jpeg')), element(0x465c, Buffer.from(mark)), element(0x46ae, Buffer.from([1])))),
  element(0xec, Buffer.from(mark)),
])
const toldOgg = oggOf(packets, { comments: [`LOCATION=${mark}`, `TITLE=${mark}`], samples })
const toldMp4 = Buffer.concat([mp4, box('udta', box('\u00a9xyz', Buffer.from(mark))), box('free', Buffer.from(mark)), box('uuid', Buffer.alloc(16, 7), Buffer.from(mark))])

const holds = (bytes: Uint8Array | null): boolean => bytes !== null && Buffer.from(bytes).includes(mark, 0, 'latin1')

describe('a voice note as it is played', () => {
  let shown: { readonly webm: Buffer; readonly ogg: Buffer; readonly mp4: Buffer }

  beforeAll(async () => {
    const [a, b, c] = await Promise.all([shownVoice('audio/webm', toldWebm), shownVoice('audio/ogg', toldOgg), shownVoice('audio/mp4', toldMp4)])
    shown = { webm: Buffer.from(a ?? []), ogg: Buffer.from(b ?? []), mp4: Buffer.from(c ?? []) }
  })

  it('[SE290] is a voice note of its type, of each container', () => {
    expect([isVoice('audio/webm', shown.webm), isVoice('audio/ogg', shown.ogg), isVoice('audio/mp4', shown.mp4)]).toEqual([true, true, true])
  })

  it('[SE290] has no tag, place, title, attached file or gap of what was recorded', () => {
    expect([holds(toldWebm), holds(toldOgg), holds(toldMp4)]).toEqual([true, true, true])
    expect([holds(shown.webm), holds(shown.ogg), holds(shown.mp4)]).toEqual([false, false, false])
    expect([shown.webm, shown.ogg, shown.mp4].map((file) => ['Chrome', 'a recorder', 'LOCATION'].filter((word) => file.includes(word)))).toEqual([[], [], []])
  })

  it('[SE290] has each packet of sound byte for byte, and no other', () => {
    expect(packets).toHaveLength(38)
    expect(webmPackets(shown.webm)).toEqual(packets)
    expect(oggPackets(shown.ogg)).toEqual(packets)
    expect(mp4Sound(shown.mp4)).toEqual(mp4Sound(mp4))
  })

  it('[SE290] is the same whoever makes it and when, and made of itself it is itself', async () => {
    for (const [type, told, once] of [['audio/webm', toldWebm, shown.webm], ['audio/ogg', toldOgg, shown.ogg], ['audio/mp4', toldMp4, shown.mp4]] as const) {
      expect(Buffer.from((await shownVoice(type, told)) ?? [])).toEqual(once)
      expect(Buffer.from((await shownVoice(type, once)) ?? [])).toEqual(once)
    }
  })

  it('[SE290] is what a killed browser left of it, up to the last whole packet', async () => {
    const slice = await shownVoice('audio/webm', webm.subarray(0, 1594))
    const kept = webmPackets(Buffer.from(slice ?? []))
    expect(kept.length).toBeGreaterThan(5)
    expect(kept).toEqual(packets.slice(0, kept.length))
  })

  it('[SE291] is none where more than the sound would travel in what a decoder is told', async () => {
    const head = webm.indexOf('OpusHead')
    // Seven bytes behind the head of Opus, in the element that holds it: its length, and that of those around it, said so.
    const private_ = element(0x63a2, webm.subarray(head, head + 19), Buffer.from(mark))
    const audio = element(0xe1, element(0xb5, Buffer.from([0x47, 0x3b, 0x80, 0])), element(0x9f, Buffer.from([1])))
    const track = element(0x1654ae6b, element(0xae, element(0xd7, Buffer.from([1])), element(0x73c5, Buffer.from([1])), element(0x83, Buffer.from([2])), element(0x86, Buffer.from('A_OPUS')), private_, audio))
    const cluster = element(0x1f43b675, element(0xe7, Buffer.from([0])), element(0xa3, Buffer.from([0x81, 0, 0, 0x80]), packets[0] ?? Buffer.alloc(0)))
    const file = (tracks: Buffer): Buffer => Buffer.concat([element(0x1a45dfa3, element(0x4282, Buffer.from('webm'))), element(0x18538067, element(0x1549a966, element(0x2ad7b1, Buffer.from([0x0f, 0x42, 0x40]))), tracks, cluster)])
    expect(isVoice('audio/webm', file(track))).toBe(true)
    expect(await shownVoice('audio/webm', file(track))).toBeNull()
    const plain = element(0x1654ae6b, element(0xae, element(0xd7, Buffer.from([1])), element(0x73c5, Buffer.from([1])), element(0x83, Buffer.from([2])), element(0x86, Buffer.from('A_OPUS')), element(0x63a2, webm.subarray(head, head + 19)), audio))
    expect(webmPackets(Buffer.from((await shownVoice('audio/webm', file(plain))) ?? []))).toEqual([packets[0]])
  })

  it('[SE291] is none when it takes longer than it may, and the next one is not held up', async () => {
    expect(await shownVoice('audio/webm', webm, 1)).toBeNull()
    const next = await Promise.all(Array.from({ length: 5 }, async () => webmPackets(Buffer.from((await shownVoice('audio/webm', webm)) ?? [])).length))
    expect(next).toEqual([38, 38, 38, 38, 38])
  })

  it('[SE291] ends, and carries nothing along, whichever byte of it is another one', async () => {
    const files = [['audio/webm', toldWebm], ['audio/ogg', toldOgg], ['audio/mp4', toldMp4]] as const
    const seen = { shown: 0, none: 0, told: 0 }
    for (const [type, file] of files) {
      for (let at = 0; at < file.length; at += at < 500 ? 3 : 41) {
        const bent = Buffer.from(file)
        bent[at] = at % 2 === 0 ? 0 : (bent[at] ?? 0) ^ 0xff
        const written = isVoice(type, bent) ? await rewrittenVoice(type, bent).catch(() => null) : null
        seen[written === null ? 'none' : 'shown'] += 1
        if (holds(written)) seen.told += 1
      }
    }
    expect(seen.told).toBe(0)
    expect([seen.shown > 300, seen.none > 50]).toEqual([true, true])
  })

  it('[SE291] ends at the byte with which its reader would never end', async () => {
    const bent = Buffer.from(webm)
    // The length of an element in the last second: the reader looks for the next cluster, and begins anew with this one.
    bent[4743] = 1
    const cut = webmPackets(Buffer.from((await shownVoice('audio/webm', bent)) ?? []))
    expect(cut.length).toBeGreaterThan(20)
    expect(cut).toEqual(packets.slice(0, cut.length))
  })
})
