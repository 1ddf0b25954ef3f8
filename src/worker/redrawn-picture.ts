/** Longer sides than this are shrunk: the phone shrinks further when the picture becomes a photo. */
const mostPixels = 2560
const quality = 0.92

/**
 * The picture drawn anew, upright: what a camera writes beside it (place, time, device) is not in the pixels, and so is never
 * stored, not even until somebody looks at it. Null for what no picture can be made of.
 */
export async function redrawnPicture(file: Blob): Promise<Blob | null> {
  try {
    const bitmap = await createImageBitmap(file)
    try {
      const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height))
      const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)))
      const context = canvas.getContext('2d')
      if (context === null) return null
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      return await canvas.convertToBlob({ type: 'image/jpeg', quality })
    } finally {
      bitmap.close()
    }
  } catch {
    return null
  }
}
