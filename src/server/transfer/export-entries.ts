import { disclosedContent, sensitivityOf } from '#domain/disclosure.ts'
import type { Kind } from '#domain/entry.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { exportCsv } from '#exchange/export-csv.ts'
import type { ExportedEntry } from '#exchange/export-csv.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/**
 * The approved entries of a campaign as a file: the approved revision with its corrections, never a later edit that nobody
 * has approved, and of it only what `disclosure.ts` lets out.
 */
export async function exportEntries(context: Pick<ServerContext, 'store'>, campaign: StoredCampaign, order: { readonly format: 'csv' | 'json'; readonly kind: Kind }): Promise<string> {
  const entries = await approvedEntries(context, campaign, order.kind)
  if (order.format === 'csv') return exportCsv(order.kind, entries)
  const disclosed = entries.flatMap(({ content, sensitivity, ...meta }) => {
    const shown = disclosedContent(content, { sensitivity, purpose: 'export' })
    return shown === null ? [] : [{ ...meta, sensitivity, content: shown }]
  })
  return `${JSON.stringify({ campaign: campaign.name, kind: order.kind, entries: disclosed }, null, 1)}\n`
}

async function approvedEntries({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, kind: Kind): Promise<readonly ExportedEntry[]> {
  const members = new Map((await store.members.list(campaign.id)).map((member) => [member.id, member] as const))
  const entries: ExportedEntry[] = []
  for (const id of await store.entries.ids(campaign.id, { state: 'approved', kind })) {
    const entry = await store.entries.state(campaign.id, id)
    if (entry === null || entry.approved === null || entry.ref === null) continue
    const { approved } = entry
    entries.push({
      ref: entry.ref, content: correctedContent(approved), sensitivity: sensitivityOf(entry, campaign.defaultSensitivity),
      translation: translationIn(approved.corrections['descriptionEn']?.value), organisation: members.get(entry.author)?.organisation ?? null,
      receivedOn: entry.receivedAt ?? '', contentHash: approved.contentHash,
    })
  }
  return entries
}

function translationIn(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' ? withoutContacts(value.text) : null
}
