import { setImmediate } from 'node:timers/promises'
import { disclosedContent, isHashSafe, reportSource } from '#domain/disclosure.ts'
import { kinds } from '#domain/kinds.ts'
import type { Kind } from '#domain/entry.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import type { ExportedEntry } from '#exchange/file-table.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** SQLite answers at once: without a pause a hundred thousand entries would leave nobody else a turn for half a minute. */
const entriesInTurn = 20

export interface ApprovedEntry extends ExportedEntry {
  /** The change that made the approved revision: what a citation names. */
  readonly revision: string
}

/**
 * The approved entries of a campaign one after the other, in the order of their references: the approved revision with its corrections
 * under the consent of today, never a later edit that nobody has approved. Only the ids are ever held together.
 */
export async function* approvedEntries({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, kind?: Kind): AsyncGenerator<ApprovedEntry> {
  const members = new Map((await store.members.list(campaign.id)).map((member) => [member.id, member] as const))
  for (const one of kind === undefined ? kinds : [kind]) {
    for (const [index, id] of (await store.entries.ids(campaign.id, { state: 'approved', kind: one })).entries()) {
      if (index % entriesInTurn === 0) await setImmediate()
      const entry = await store.entries.state(campaign.id, id)
      // Somebody may have decided otherwise since the list was read.
      if (entry === null || entry.approved === null || entry.ref === null || entry.review !== 'approved') continue
      const source = reportSource(entry, campaign.defaultSensitivity)
      if (source === null) continue
      const { approved, ref } = entry
      const disclosed = disclosedContent(source.content, { sensitivity: source.sensitivity, purpose: 'export' })
      if (disclosed === null) continue
      yield {
        ref, content: source.content, sensitivity: source.sensitivity, translation: translationIn(approved.corrections['descriptionEn']?.value),
        organisation: members.get(entry.author)?.organisation ?? null, receivedOn: entry.receivedAt ?? '', contentHash: isHashSafe(approved.content, disclosed) ? approved.contentHash : null, revision: approved.revision,
      }
    }
  }
}

function translationIn(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' ? withoutContacts(value.text) : null
}
