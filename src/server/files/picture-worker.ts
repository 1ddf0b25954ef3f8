import process from 'node:process'
import { madePicture } from '#server/files/encode-picture.ts'
import type { PictureOrder } from '#server/files/encode-picture.ts'

// Takes one order after the other from the server that started it (`picture-workers.ts`), and ends with it.
process.on('message', (order: PictureOrder) => {
  madePicture(order).then((made) => process.send?.({ made }), () => process.send?.({ made: null }))
})
// All that it needs is loaded.
if (process.argv.includes('says-ready')) process.send?.({ ready: true })
process.on('disconnect', () => process.exit())
