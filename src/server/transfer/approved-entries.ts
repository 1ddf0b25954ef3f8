import { setImmediate } from 'node:timers/promises'
import { disclosedContent, isHashSafe, reportSource } from '#domain/disclosure.ts'
import type { ReportSource } from '#domain/disclosure.ts'
import { kinds } from '#domain/kinds.ts'
import type { Kind } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'
import { transcriptMethod, translationIn } from '#domain/laid-beside.ts'
import type { ReviewState } from '#domain/review.ts'
import { secondReading } from '#domain/second-reading.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import type { ExportedEntry } from '#exchange/file-table.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** A statement for each entry costs more than the entry. SQLite answers at once, and nobody else has a turn before so many are written. */
const entriesInTurn = 100

/** What was approved stands while a later edit or correction waits to be read. */
const statesWithApproval: readonly ReviewState[] = ['approved', 'edited', 'hasIssues']

type Ground = Pick<ServerContext, 'store'>

export interface ApprovedEntry extends ExportedEntry {
  /** The change that made the approved revision: what a citation names. */
  readonly revision: string
}

/**
 * The approved entries of a campaign one after the other, in the order of their references: the approved revision with its corrections
 * under the consent of today, never a later edit that nobody has approved. Only the ids are ever held together.
 */
export async function* approvedEntries({ store }: Ground, campaign: StoredCampaign, kind?: Kind): AsyncGenerator<ApprovedEntry> {
  const members = new Map((await store.members.list(campaign.id)).map((member) => [member.id, member] as const))
  for (const one of kind === undefined ? kinds : [kind]) {
    for await (const { entry, approved, ref, source } of approvedSources({ store }, campaign, one)) {
      const { content, sensitivity } = source
      const disclosed = disclosedContent(content, { sensitivity, purpose: 'export', isReadTwice: secondReading(entry)?.state === 'agreed' })
      if (disclosed === null) continue
      // What its words may not do, their translation may not either.
      const hasWords = disclosed['description'] !== undefined
      const translation = hasWords ? translationIn(approved.corrections['descriptionEn']?.value) : null
      yield {
        ref, content, disclosed, sensitivity, translation: translation === null ? null : withoutContacts(translation.text), translator: translation?.translator ?? null, transcript: hasWords ? transcriptMethod(approved) : null,
        organisation: members.get(entry.author)?.organisation ?? null, receivedOn: entry.receivedAt ?? '', contentHash: isHashSafe(approved.content, disclosed) ? approved.contentHash : null, revision: approved.revision,
      }
    }
  }
}

export interface ApprovedSource {
  readonly entry: EntryState
  readonly approved: NonNullable<EntryState['approved']>
  readonly ref: string
  readonly source: ReportSource
}

/** The same before anybody has looked at what of it may leave: for who only counts. */
export async function* approvedSources({ store }: Ground, campaign: StoredCampaign, kind: Kind): AsyncGenerator<ApprovedSource> {
  for await (const entry of statesOf({ store }, campaign, await store.entries.ids(campaign.id, { states: statesWithApproval, kind }))) {
    const { approved, ref } = entry
    if (approved === null || ref === null) continue
    // Whether somebody took the approval back, also since the list was read, is for the report and every file to say alike.
    const source = reportSource(entry, campaign.defaultSensitivity)
    if (source !== null) yield { entry, approved, ref, source }
  }
}

/** In the order of the ids. While a page is written, a database in a process of its own reads the next. */
async function* statesOf({ store }: Ground, campaign: StoredCampaign, ids: readonly EntryId[]): AsyncGenerator<EntryState> {
  const pageAt = (at: number) => store.near.states(campaign.id, ids.slice(at, at + entriesInTurn))
  let reading = pageAt(0)
  for (let at = 0; at < ids.length; at += entriesInTurn) {
    const states = await reading
    await setImmediate()
    reading = pageAt(at + entriesInTurn)
    // Whoever stops reading never waits for it; who goes on is told above.
    reading.catch(() => undefined)
    for (const id of ids.slice(at, at + entriesInTurn)) {
      const entry = states.get(id)
      if (entry !== undefined) yield entry
    }
  }
}
