import type { Kind } from '#domain/entry.ts'
import { createBounds, entryFeature } from '#exchange/geojson-file.ts'
import { approvedEntries } from '#server/transfer/approved-entries.ts'
import type { ExportSource } from '#server/transfer/export-file.ts'

/** A FeatureCollection, one feature a line. The box around all points stands at its end, where it is known; members have no order. */
export async function* geojsonText({ context, campaign, madeAt }: ExportSource, kind: Kind | undefined): AsyncGenerator<string> {
  const bounds = createBounds()
  let before = '{"type":"FeatureCollection","features":[\n'
  for await (const entry of approvedEntries(context, campaign, kind)) {
    const feature = entryFeature(entry)
    if (feature === null) continue
    if (feature.geometry !== null) bounds.add(feature.geometry.coordinates)
    yield `${before}${JSON.stringify(feature)}`
    before = ',\n'
  }
  const box = bounds.box()
  const rest = JSON.stringify({ name: campaign.name, madeAt: madeAt.toISOString(), ...(box === null ? {} : { bbox: box }) })
  yield `${before === ',\n' ? '' : before}\n],${rest.slice(1)}\n`
}
