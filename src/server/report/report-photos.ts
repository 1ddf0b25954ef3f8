import type { CampaignId, Sha256 } from '#domain/ids.ts'
import { picturedIn } from '#report/as-of-today.ts'
import type { DocumentPhoto } from '#report/document/writing.ts'
import type { PhotoSource } from '#report/page/ground.ts'
import type { ReportTree } from '#report/tree.ts'
import type { ServerContext } from '#server/context.ts'
import { documentPicture } from '#server/files/picture.ts'
import { readWhole } from '#server/files/read-whole.ts'
import { AlteredFile } from '#server/files/shelf.ts'

type Ground = Pick<ServerContext, 'shelf' | 'store' | 'log'>

/** In pixels: what a telephone needs, and what paper does. */
export const photoWidths = [640, 960] as const

/** Where a published photo stands; each time it is asked for, the server looks whether it still may. */
export function publishedPhoto(slug: string): (photo: string) => PhotoSource {
  return (photo) => {
    const src = `/r/${slug}/photos/${photo}`
    return { src, widths: photoWidths.map((width) => ({ src: `${src}?width=${width}`, width })) }
  }
}

/** For a page that is kept as one file: the photos stand in it. As JPEG, which a printed page holds as it is; of another format it holds each pixel, tenfold the bytes. */
export async function photosWithin(context: Ground, campaignId: CampaignId, tree: ReportTree): Promise<(photo: string) => PhotoSource | null> {
  const read = await documentPhotos(context, campaignId, tree)
  return (photo) => {
    const found = read.get(photo)
    return found === undefined ? null : { src: `data:image/jpeg;base64,${Buffer.from(found.jpeg).toString('base64')}` }
  }
}

/** As the server shows them. One that it does not have any more, or that is altered, is left out: the report says that it is not shown. */
export async function documentPhotos(ground: Ground, campaignId: CampaignId, tree: ReportTree): Promise<ReadonlyMap<string, DocumentPhoto>> {
  const found = new Map<string, DocumentPhoto>()
  for (const { photo } of picturedIn(tree)) {
    const bytes = photo === null || found.has(photo) ? null : await unalteredPhoto(ground, campaignId, photo)
    if (photo !== null && bytes !== null) found.set(photo, await documentPicture(bytes))
  }
  return found
}

/** Null also for one that is altered: a report is made all the same, without it. */
function unalteredPhoto(ground: Ground, campaignId: CampaignId, photo: Sha256): Promise<Uint8Array | null> {
  return reportPhoto(ground, campaignId, photo).catch((error: unknown) => {
    if (!(error instanceof AlteredFile)) throw error
    ground.log.error({ problem: error.message }, 'a report is made without a photo')
    return null
  })
}

/** The copy that everybody is shown, as it was kept. */
export async function reportPhoto({ shelf, store }: Pick<Ground, 'shelf' | 'store'>, campaignId: CampaignId, photo: Sha256): Promise<Uint8Array | null> {
  const file = await store.files.get(campaignId, photo)
  return file === null || file.shownSha256 === null ? null : readWhole(shelf, 'shown', file)
}
