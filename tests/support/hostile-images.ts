import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Stands in everything that is hidden in a picture; whoever finds it in what is shown has found a leak. */
export const hidden = 'TerrainHiddenPayload'
const script = `<script>window.hit='${hidden}'</script>`
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit='${hidden}'">${script}</svg>`

export interface HostileImage {
  readonly name: string
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp'
  readonly bytes: Buffer
}

/** Sixty files that call themselves pictures: other formats, two formats at once, bombs, torn ones, and ones that carry something along. */
export async function hostileImages(): Promise<readonly HostileImage[]> {
  const base = sharp({ create: { width: 96, height: 64, channels: 3, background: '#7a9' } })
  const [jpeg, png, webp] = [await base.clone().jpeg().toBuffer(), await base.clone().png().toBuffer(), await base.clone().webp().toBuffer()]
  const tail = Buffer.from(script)
  const named = (name: string, type: HostileImage['type'], bytes: Buffer): HostileImage => ({ name, type, bytes })
  const others: readonly (readonly [string, Buffer])[] = [
    ['an SVG', Buffer.from(svg)], ['an SVG with a declaration', Buffer.from(`<?xml version="1.0"?>${svg}`)], ['a packed SVG', deflateSync(Buffer.from(svg))], ['a page', Buffer.from(`<!doctype html>${script}`)],
    ['a PDF', Buffer.from(`%PDF-1.4\n${script}\n%%EOF`)], ['a GIF', Buffer.from(`GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;${script}`, 'latin1')], ['a BMP', Buffer.from(`BM${'\u0000'.repeat(60)}${script}`, 'latin1')],
    ['a TIFF', Buffer.from(`II*\u0000${'\u0000'.repeat(40)}${script}`, 'latin1')], ['an icon', Buffer.from(`\u0000\u0000\u0001\u0000${'\u0000'.repeat(30)}${script}`, 'latin1')], ['a ZIP', Buffer.from(`PK\u0003\u0004${'\u0000'.repeat(30)}${script}`, 'latin1')],
    ['a program', Buffer.from(`MZ${'\u0000'.repeat(60)}${script}`, 'latin1')], ['a shell script', Buffer.from(`#!/bin/sh\necho ${hidden}`)], ['JSON', Buffer.from(`{"x":"${hidden}"}`)], ['nothing', Buffer.alloc(0)], ['one byte', Buffer.from([0xff])], ['noise', Buffer.from(`${hidden}${'x'.repeat(5000)}`)],
    ['ImageMagick commands', Buffer.from(`push graphic-context\nfill 'url(https://example.org/"|touch ${hidden}")'\npop graphic-context`)], ['an AVIF', Buffer.from(`\u0000\u0000\u0000\u001cftypavif${'\u0000'.repeat(40)}${script}`, 'latin1')],
  ]
  return [
    // 54 of other formats under each type that is taken.
    ...others.flatMap(([name, bytes]) => (['image/jpeg', 'image/png', 'image/webp'] as const).map((type) => named(`${name} as ${type}`, type, bytes))).filter((_, at) => at % 3 === 0 || at < 30),
    // Two formats in one.
    named('a JPEG with a page behind it', 'image/jpeg', Buffer.concat([jpeg, tail])), named('a PNG with a page behind it', 'image/png', Buffer.concat([png, tail])), named('a WebP with a page behind it', 'image/webp', Buffer.concat([webp, tail])),
    named('a GIFAR: a JPEG with an archive behind it', 'image/jpeg', Buffer.concat([jpeg, Buffer.from(`PK\u0003\u0004${hidden}`, 'latin1')])), named('a PNG that says it is a JPEG', 'image/jpeg', png), named('a page before a JPEG', 'image/jpeg', Buffer.concat([tail, jpeg])),
    named('a JPEG with a page as its comment', 'image/jpeg', withSegment(jpeg, 0xfe, tail)), named('a JPEG with a page in its EXIF', 'image/jpeg', await base.clone().withExif({ IFD0: { ImageDescription: script, Copyright: hidden } }).jpeg().toBuffer()),
    named('a JPEG that says where it was made', 'image/jpeg', await base.clone().withExif({ IFD0: { Make: hidden }, IFD3: { GPSLatitude: '18/1 32/1 0/1', GPSLatitudeRef: 'N', GPSLongitude: '72/1 20/1 0/1', GPSLongitudeRef: 'W' } }).jpeg().toBuffer()),
    named('a JPEG with XMP', 'image/jpeg', withSegment(jpeg, 0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\u0000<x:xmpmeta>${script}</x:xmpmeta>`, 'latin1'))), named('a PNG with text', 'image/png', withChunk(png, 'tEXt', Buffer.from(`Comment\u0000${script}`, 'latin1'))),
    named('a PNG with packed text', 'image/png', withChunk(png, 'zTXt', Buffer.concat([Buffer.from('Comment\u0000\u0000', 'latin1'), deflateSync(Buffer.alloc(5_000_000, 'A'))]))), named('a PNG with a chunk of its own', 'image/png', withChunk(png, 'teRr', tail)), named('a WebP with EXIF', 'image/webp', await base.clone().withExif({ IFD0: { ImageDescription: script } }).webp().toBuffer()),
    // Bombs, and lies about size.
    named('a PNG of 900 million pixels', 'image/png', blackPng(30_000)), named('a PNG that says 65535 by 65535', 'image/png', withSize(png, 65_535, 65_535)), named('a PNG that says nothing by nothing', 'image/png', withSize(png, 0, 0)),
    named('a WebP that moves', 'image/webp', await moving()),
    // Torn.
    named('half a JPEG', 'image/jpeg', jpeg.subarray(0, jpeg.length >> 1)), named('half a PNG', 'image/png', png.subarray(0, png.length >> 1)), named('half a WebP', 'image/webp', webp.subarray(0, webp.length >> 1)), named('a JPEG of zeros behind its head', 'image/jpeg', Buffer.concat([jpeg.subarray(0, 20), Buffer.alloc(4000)])),
  ]
}

/** Three frames; what is shown of it stands still. */
async function moving(): Promise<Buffer> {
  const frames = await Promise.all(['#a30', '#0a3', '#30a'].map((background) => sharp({ create: { width: 96, height: 64, channels: 3, background } }).png().toBuffer()))
  return sharp(frames, { join: { animated: true } }).webp({ loop: 0, delay: [50, 50, 50] }).toBuffer()
}

function withSegment(jpeg: Buffer, marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255])
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)])
}

function withChunk(png: Buffer, type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([png.subarray(0, 33), length, body, sum, png.subarray(33)])
}

/** One bit for each pixel, all zero: a hundred thousand bytes that want gigabytes when they are unpacked as colours. */
function blackPng(side: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000010000000000000000', 'hex')
  const body = withChunk(head, 'IDAT', deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8)))))
  return withSize(Buffer.concat([body, Buffer.from('0000000049454e44ae426082', 'hex')]), side, side)
}

function withSize(png: Buffer, width: number, height: number): Buffer {
  const made = Buffer.from(png)
  made.writeUInt32BE(width, 16)
  made.writeUInt32BE(height, 20)
  made.writeUInt32BE(crc32(made.subarray(12, 29)), 29)
  return made
}
