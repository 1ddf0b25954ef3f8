import sharp from 'sharp'

// Only the three formats that phones send; SVG and everything else that libvips could load stays shut (reliability, SVG and polyglots).
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngFile', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpFile', 'VipsForeignLoadWebpBuffer'] })
// Nothing of one picture stays for the next, and one after the other each: there are several workers.
sharp.cache(false)
sharp.concurrency(1)

const limits = { limitInputPixels: 50_000_000, failOn: 'error' as const }

/** `shown`: as anybody is shown it. `narrow`: a smaller copy of that, `width` pixels wide. `document`: for paper, because a word processor knows no WebP. */
export interface PictureOrder {
  readonly make: 'shown' | 'narrow' | 'document'
  readonly bytes: Uint8Array
  readonly width?: number
}

/** Its size is that of the picture itself, whatever was said of it. */
export interface MadePicture {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** Decoded, turned upright, and encoded anew without metadata. Fails on what cannot be read whole. */
export async function madePicture({ make, bytes, width = 320 }: PictureOrder): Promise<MadePicture> {
  const picture = sharp(bytes, limits)
  const encoded = make === 'shown' ? picture.autoOrient().resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 })
    : make === 'narrow' ? picture.resize({ width, withoutEnlargement: true }).webp({ quality: 72 })
    : picture.resize({ width: 1000, height: 1000, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#fff' }).jpeg({ quality: 80 })
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}
