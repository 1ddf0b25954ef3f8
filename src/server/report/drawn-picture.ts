import { execFile } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'

const timeoutMs = 60_000
const maxBytes = 20_000_000

/** A drawing of ours as a PNG of this width, drawn by a process of its own. */
export function drawnPicture(svg: string, width: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const drawing = execFile(process.execPath, [join(import.meta.dirname, 'draw-picture.ts'), String(width)], { encoding: 'buffer', timeout: timeoutMs, maxBuffer: maxBytes }, (error, png) => {
      if (error === null) resolve(new Uint8Array(png))
      else reject(error instanceof Error ? error : new Error('the drawing could not be made'))
    })
    // What breaks here is told by the callback.
    drawing.stdin?.on('error', () => undefined).end(svg)
  })
}
