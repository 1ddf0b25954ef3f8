import * as v from 'valibot'
import { entryIdSchema } from '#domain/ids.ts'
import { kinds } from '#domain/kinds.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem, Begun, Draft, Membership } from '#device/device.ts'
import type { MoveCode } from '#device/handing-over.ts'
import { readBegun, writeBegun } from '#device/store/begun.ts'
import { createDraft, readDrafts, writeDraft } from '#device/store/drafts.ts'
import { readMeta } from '#device/store/meta.ts'
import { plainProblem } from '#device/sync/http.ts'
import { join } from '#device/sync/join.ts'
import type { JoinGround } from '#device/sync/join.ts'
import { proved } from '#device/sync/prove.ts'
import type { ProveGround } from '#device/sync/prove.ts'
import { readJson } from '#device/sync/read-json.ts'
import { inviteSecretSchema, moveResponseSchema } from '#protocol/membership.ts'

/** By what the first load has of valibot: `record` would be 1 kB more there. */
const someFields = v.looseObject({})

/** What goes over the clipboard, behind a word that people recognise. Values are checked as drafts are: when they are saved. */
const codeSchema = v.looseObject({
  v: v.literal(1),
  invite: inviteSecretSchema,
  name: v.string(),
  drafts: v.array(v.looseObject({ kind: v.picklist(kinds), step: v.string(), fields: someFields })),
  begun: v.array(v.looseObject({ entryId: entryIdSchema, fields: someFields, comment: v.string() })),
})
type Code = v.InferOutput<typeof codeSchema>

const word = 'Terrain '

/** Bytes do not fit into a text: photos and voice notes of drafts stay behind, and with them what was agreed about them. */
const leftBehind: ReadonlySet<string> = new Set(['kind', 'photos', 'audio', 'consentPhoto'])

export async function askToMove(ground: ProveGround & Pick<JoinGround, 'inSession'>): Promise<Result<MoveCode, ApiProblem>> {
  const { db, inSession } = ground
  const own = await readMeta(db, 'membership')
  if (own === undefined) return fail({ kind: 'refused', code: 'no-session' })
  const answer = await inSession(() => proved(ground, { method: 'POST', path: '/devices/move', read: readJson(moveResponseSchema) }))
  if (!answer.ok) return fail(plainProblem(answer.problem))
  const [drafts, begun] = [await readDrafts(db), await readBegun(db)]
  const code: Code = { v: 1, invite: answer.value.invite, name: own.membership.member.name, drafts: drafts.map(carriedDraft), begun: begun.map(carriedBegun) }
  return ok({ text: word + JSON.stringify(code), expiresAt: answer.value.expiresAt, drafts: drafts.length + begun.length, photosLeft: drafts.reduce((sum, draft) => sum + photosIn(draft), 0), voicesLeft: drafts.filter(({ content }) => typeof content.audio === 'object').length })
}

export async function joinByCode(ground: JoinGround, text: string, language: string): Promise<Result<Membership, ApiProblem>> {
  const code = readCode(text)
  if (code === null) return fail({ kind: 'refused', code: 'not-a-code' })
  const { db } = ground
  const joined = await join(ground, { invite: code.invite, name: code.name, language })
  if (!joined.ok) return joined
  // The oldest first, so that they stand in the same order as before.
  for (const { kind, step, fields } of code.drafts.toReversed()) await writeDraft(db, ground, (await createDraft(db, ground, kind)).id, { fields, step })
  for (const { entryId, fields, comment } of code.begun) await writeBegun(db, ground, entryId, { fields, comment })
  return joined
}

/** Messengers and notes put spaces and quotation marks around what is copied. */
function readCode(text: string): Code | null {
  try {
    const read = v.safeParse(codeSchema, JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)))
    return read.success ? read.output : null
  } catch {
    return null
  }
}

function carriedDraft({ kind, step, content }: Draft): Code['drafts'][number] {
  return { kind, step, fields: Object.fromEntries(Object.entries(content).filter(([field]) => !leftBehind.has(field))) }
}

/** A field to be taken away is `null` on the way, and in the store. */
function carriedBegun({ entryId, fields, comment }: Begun): Code['begun'][number] {
  return { entryId, fields: Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? null])), comment }
}

function photosIn({ content }: Draft): number {
  return Array.isArray(content.photos) ? content.photos.length : 0
}
