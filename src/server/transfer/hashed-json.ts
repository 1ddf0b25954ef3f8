import { createHash } from 'node:crypto'
import type { Kind } from '#domain/entry.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { approvedEntries } from '#server/transfer/approved-entries.ts'
import type { ExportSource } from '#server/transfer/export-file.ts'

/** Said in the file itself, so that whoever has only the file can check it. */
const hashedAs = 'SHA-256 of the RFC 8785 (JCS) form of this document without its member sha256, as lowercase hex'

/**
 * Entries with the revision that was approved, where its name may be told, and its hash, and at the end a hash over the whole. The canonical form sorts its members, so
 * `campaign` and `entries` come first and everything can be hashed while it is written; only line ends are not part of it.
 */
export async function* hashedJson({ context, campaign, madeAt }: ExportSource, kind: Kind | undefined): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (text: string) => {
    hash.update(text)
    return text
  }
  yield hashed(`{"campaign":${canonicalJson(campaign.name)},"entries":[`)
  let before = ''
  for await (const { subject: _, disclosed: shown, sensitivity, ...meta } of approvedEntries(context, campaign, kind)) {
    // A revision is named by an id that holds the millisecond in which it was written.
    const asCoarse = sensitivity === 'high' ? { receivedOn: meta.receivedOn.slice(0, 7), revision: null } : {}
    yield `${hashed(before)}\n${hashed(canonicalJson({ ...meta, ...asCoarse, sensitivity, content: shown }))}`
    before = ','
  }
  // In the order of the canonical form, behind `entries` and before `sha256`: so the text up to here is that form.
  const tail = canonicalJson({ format: 'terrain-entries', hashedAs, kind, madeAt: madeAt.toISOString() }).slice(1, -1)
  yield `\n${hashed(`],${tail}`)}`
  hash.update(',"version":1}')
  yield `,"sha256":"${hash.digest('hex')}","version":1}\n`
}
