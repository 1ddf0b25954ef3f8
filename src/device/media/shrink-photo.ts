import type { ShrunkPhoto } from '#device/new-files.ts'
import { fittingSize, photoLimit, qualities, smallerSides, thumbLimit } from '#device/media/photo-size.ts'
import type { Size } from '#device/media/photo-size.ts'

type PhotoType = ShrunkPhoto['type']

/** A file of the camera or the gallery, or pixels that somebody has worked on; those are used up. */
export type PhotoSource = Blob | ImageBitmap

/**
 * A picture as it may leave the phone: turned upright, at most 1600 px and 400 kB, drawn anew from its pixels alone, so that
 * place, time and camera that the file told are gone. The original is not kept. Null: no picture that this browser can read.
 */
export async function shrinkPhoto(original: PhotoSource): Promise<ShrunkPhoto | null> {
  const picture = original instanceof Blob ? await createImageBitmap(original, { imageOrientation: 'from-image' }).catch(() => null) : original
  if (picture === null) return null
  try {
    const photo = await encodedWithin(picture, photoLimit)
    const thumb = await encodedWithin(picture, thumbLimit, photo.type)
    return { bytes: photo.bytes, type: photo.type, width: photo.size.width, height: photo.size.height, thumb: thumb.bytes }
  } finally {
    picture.close()
  }
}

interface Encoded {
  readonly bytes: ArrayBuffer
  readonly type: PhotoType
  readonly size: Size
}

/** Poorer first, smaller only then: people read signs and faces by their size. */
async function encodedWithin(picture: ImageBitmap, limit: { readonly longestSide: number; readonly bytes: number }, type?: PhotoType): Promise<Encoded> {
  let smallest: Encoded | null = null
  for (const side of smallerSides(limit.longestSide)) {
    const size = fittingSize(picture, side)
    const canvas = drawn(picture, size)
    for (const quality of qualities) {
      const encoded = { ...(await encode(canvas, quality, type)), size }
      if (encoded.bytes.byteLength <= limit.bytes) return encoded
      smallest = encoded
    }
  }
  if (smallest === null) throw new Error('there is at least one size and one quality')
  return smallest
}

/** Safari has no WebP encoder and answers with PNG instead of an error; only what says it is WebP is. */
async function encode(canvas: Canvas, quality: number, wanted?: PhotoType): Promise<{ readonly bytes: ArrayBuffer; readonly type: PhotoType }> {
  if (wanted !== 'image/jpeg') {
    const webp = await toBlob(canvas, 'image/webp', quality)
    if (webp.type === 'image/webp') return { bytes: await webp.arrayBuffer(), type: 'image/webp' }
  }
  const jpeg = await toBlob(canvas, 'image/jpeg', quality)
  return { bytes: await jpeg.arrayBuffer(), type: 'image/jpeg' }
}

type Canvas = OffscreenCanvas | HTMLCanvasElement

/** Safari before 16.4 draws on the element only. */
function drawn(picture: ImageBitmap, { width, height }: Size): Canvas {
  if (typeof OffscreenCanvas === 'function') {
    const canvas = new OffscreenCanvas(width, height)
    paint(canvas.getContext('2d'), picture, { width, height })
    return canvas
  }
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  paint(canvas.getContext('2d'), picture, { width, height })
  return canvas
}

/** On white, because JPEG has no transparency and would show black. */
function paint(context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D | null, picture: ImageBitmap, { width, height }: Size): void {
  if (context === null) throw new Error('a new canvas has a 2d context')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
}

/** Asked for by the newer name: Firefox has a `toBlob` on its `OffscreenCanvas` too, of another shape, which calls nobody back. */
function toBlob(canvas: Canvas, type: PhotoType, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality })
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the canvas gave nothing')) : resolve(blob)), type, quality)
  })
}
