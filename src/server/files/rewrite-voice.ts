import { BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacket, EncodedPacketSink, Input, MP4, Mp4OutputFormat, OGG, OggOutputFormat, Output, WEBM, WebMOutputFormat } from 'mediabunny'
import type { InputAudioTrack, InputFormat, OutputFormat } from 'mediabunny'
import { wholeWebm } from '#server/files/voice.ts'
import type { VoiceType } from '#server/files/voice.ts'

const containers: Readonly<Record<VoiceType, { readonly format: InputFormat; readonly codecs: readonly string[]; readonly create: () => OutputFormat }>> = {
  'audio/webm': { format: WEBM, codecs: ['opus'], create: () => new WebMOutputFormat() },
  'audio/ogg': { format: OGG, codecs: ['opus'], create: () => new OggOutputFormat() },
  // Safari records AAC, and Opus since it can.
  'audio/mp4': { format: MP4, codecs: ['opus', 'aac'], create: () => new Mp4OutputFormat({ fastStart: 'in-memory' }) },
}

/** What a decoder has to be told is this long: the head of mono or stereo Opus, or an AudioSpecificConfig. More would carry something else. */
const longestDescription = 19

/**
 * The sound alone, in a new container of the same type: each packet byte for byte, in its order and at its time, and nothing of what else
 * stood around them (tags, places, devices, attachments, gaps). Null for what does not hold exactly one track of sound that phones record, or
 * does not come out of the new container as it went in. Runs in the worker alone (`voice-worker.ts`): a file may be made to keep a reader busy.
 */
export async function rewrittenVoice(type: VoiceType, bytes: Uint8Array): Promise<Uint8Array | null> {
  const sound = await soundIn(type, type === 'audio/webm' ? wholeWebm(bytes) : bytes)
  if (sound === null) return null
  const written = await writtenAnew(type, sound)
  const again = await soundIn(type, written)
  return again !== null && isSame(sound, again) ? written : null
}

interface Sound {
  readonly codec: 'opus' | 'aac'
  readonly config: AudioDecoderConfig
  readonly packets: readonly EncodedPacket[]
}

async function soundIn(type: VoiceType, bytes: Uint8Array): Promise<Sound | null> {
  const { format, codecs } = containers[type]
  const input = new Input({ source: new BufferSource(bytes), formats: [format] })
  const tracks = await input.getTracks()
  const [track] = tracks
  if (tracks.length !== 1 || track === undefined || !track.isAudioTrack()) return null
  const { codec } = track
  const config = await track.getDecoderConfig()
  if ((codec !== 'opus' && codec !== 'aac') || !codecs.includes(codec) || config === null || descriptionOf(config).length > longestDescription) return null
  const packets = await packetsOf(track)
  return packets === null || packets.length === 0 ? null : { codec, config, packets }
}

/** Null where time does not go forwards: it is nothing that can be played, and the library may go round in a circle there. */
async function packetsOf(track: InputAudioTrack): Promise<readonly EncodedPacket[] | null> {
  const packets: EncodedPacket[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (packet.timestamp <= (packets.at(-1)?.timestamp ?? -Infinity)) return null
    packets.push(packet)
  }
  return packets
}

async function writtenAnew(type: VoiceType, { codec, config, packets }: Sound): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: containers[type].create(), target })
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  await output.start()
  // What an encoder puts before the beginning plays as silence at the beginning.
  const late = Math.max(0, -(packets[0]?.timestamp ?? 0))
  for (const packet of packets) await source.add(new EncodedPacket(packet.data, packet.type, packet.timestamp + late, packet.duration), { decoderConfig: config })
  await output.finalize()
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0))
}

function isSame(before: Sound, after: Sound): boolean {
  const isSamePacket = ({ data }: EncodedPacket, at: number): boolean => isEqual(data, after.packets[at]?.data)
  return before.codec === after.codec && isEqual(descriptionOf(before.config), descriptionOf(after.config)) && before.packets.length === after.packets.length && before.packets.every(isSamePacket)
}

function descriptionOf({ description }: AudioDecoderConfig): Uint8Array {
  if (description === undefined) return new Uint8Array(0)
  return ArrayBuffer.isView(description) ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength) : new Uint8Array(description)
}

function isEqual(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0
}
