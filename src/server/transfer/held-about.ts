import type { MemberId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { ServerContext } from '#server/context.ts'
import { shownType } from '#server/files/picture.ts'
import { readWhole } from '#server/files/read-whole.ts'
import type { StoredFile } from '#server/store/file-store.ts'
import type { HeldRow } from '#server/store/person-store.ts'
import type { StoredCampaign, StoredMember } from '#server/store/store.ts'
import { zipStream } from '#server/transfer/zip-stream.ts'
import type { ZipPart } from '#server/transfer/zip-stream.ts'

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'audio/webm': 'webm', 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' }

export function heldName(member: MemberId): string {
  return `terrain-held-${member}.zip`
}

/** Everything that is held about a member: each row that names them or their phones, and the files that they sent, as they are held. */
export async function* heldAbout(context: Pick<ServerContext, 'store' | 'shelf' | 'clock'>, campaign: StoredCampaign, member: StoredMember): AsyncGenerator<Uint8Array> {
  const { store, clock } = context
  const tables = (await store.persons.heldAbout(campaign.id, member.id)) ?? {}
  const about = { madeAt: instantOf(clock), campaign: { id: campaign.id, name: campaign.name }, member: { id: member.id, name: member.name }, tables: Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.map(readable)])) }
  yield* zipStream([{ path: 'held.json', text: [`${JSON.stringify(about, null, 2)}\n`] }, ...(await filesOf(context, campaign, member))], new Date(clock.now()))
}

/** Those that they sent, whatever became of the entry. */
async function filesOf({ store, shelf }: Pick<ServerContext, 'store' | 'shelf'>, campaign: StoredCampaign, member: StoredMember): Promise<readonly ZipPart[]> {
  const parts: ZipPart[] = []
  for (let page = await store.files.list(campaign.id, '', 500); page.length > 0; page = await store.files.list(campaign.id, page.at(-1)?.sha256 ?? '', 500)) {
    for (const file of page) if (file.uploadedBy === member.id && isHeld(file)) parts.push({ path: `files/${file.sha256}.${endings[heldType(file)] ?? 'bin'}`, text: bytesOf(shelf, file) })
  }
  return parts
}

/** Nothing is left of one that was lost, and that a restore went on without. */
function isHeld({ original, shownSha256 }: StoredFile): boolean {
  return original === 'kept' || shownSha256 !== null
}

/** Read when it is its turn, so that one file at a time is in memory. */
async function* bytesOf(shelf: ServerContext['shelf'], file: StoredFile): AsyncGenerator<Uint8Array> {
  yield (await readWhole(shelf, file.original === 'kept' ? 'received' : 'shown', file)) ?? new Uint8Array()
}

/** What is held of a picture whose original is gone is the server's own copy. */
function heldType({ type, original }: StoredFile): string {
  return original !== 'kept' && type.startsWith('image/') ? shownType : type
}

/** JSON that stands in a column is read for the person who opens the file. */
function readable(row: HeldRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'string' && /^[[{]/.test(value) ? parsed(value) : value]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
