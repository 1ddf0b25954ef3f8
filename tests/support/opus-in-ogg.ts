/** As much of an Ogg file with one Opus stream as its container shows: head, tags, one packet. Checksums are left at zero. */
export function opusInOgg(): Buffer {
  const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])])
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])
  return Buffer.concat([page(2, head), page(0, tags), page(4, Buffer.from([0xfc, 0xff, 0xfe]))])
}

function page(flags: number, packet: Buffer): Buffer {
  const top = Buffer.alloc(27)
  top.write('OggS', 0, 'latin1')
  top[5] = flags
  top[26] = 1
  return Buffer.concat([top, Buffer.from([packet.length]), packet])
}
