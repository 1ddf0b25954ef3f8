import process from 'node:process'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'

/**
 * A program of its own: SVG in, PNG out, the width as its argument. The process that reads strangers' files has shut its reader of SVG for good
 * (`files/picture.ts`), and ours is drawn beside it.
 */
const png = await sharp(await buffer(process.stdin), { density: 200 }).resize({ width: Number(process.argv[2] ?? 1400) }).png({ compressionLevel: 9 }).toBuffer()
process.stdout.write(png)
