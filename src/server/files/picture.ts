import sharp from 'sharp'

// Only the three formats that phones send; SVG and everything else that libvips could load stays shut (reliability, SVG and polyglots).
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngFile', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpFile', 'VipsForeignLoadWebpBuffer'] })

const limits = { limitInputPixels: 50_000_000, failOn: 'error' as const }

/** Many times what the largest photo takes on a small machine; a file may be made to take longer. */
const usualSeconds = 30

/** The picture as anybody is shown it: decoded, turned upright, and encoded anew without metadata. Null when it cannot be read, or not in that time. */
export async function shownPicture(bytes: Uint8Array, seconds = usualSeconds): Promise<Uint8Array | null> {
  try {
    return await sharp(bytes, limits).autoOrient().resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 }).timeout({ seconds }).toBuffer()
  } catch {
    return null
  }
}

/** For paper: a word processor knows no WebP. Its size is that of the picture itself, whatever was said of it. */
export async function documentPicture(bytes: Uint8Array): Promise<{ readonly jpeg: Uint8Array; readonly width: number; readonly height: number }> {
  const { data, info: { width, height } } = await sharp(bytes, limits).resize({ width: 1000, height: 1000, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer({ resolveWithObject: true })
  return { jpeg: data, width, height }
}

export const shownType = 'image/webp'
export const shownWidths = [320, 640, 960] as const

/** A smaller copy for lists; `width` is one of `shownWidths`. */
export function narrowPicture(bytes: Uint8Array, width: (typeof shownWidths)[number]): Promise<Uint8Array> {
  return sharp(bytes, limits).resize({ width, withoutEnlargement: true }).webp({ quality: 72 }).toBuffer()
}
