import * as v from 'valibot'
import { placePrecisions } from '#domain/disclosure.ts'
import { entryIdSchema, instantSchema } from '#domain/ids.ts'
import { kinds } from '#domain/kinds.ts'
import { createEntryId, instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem, Begun, Draft, Membership } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { MoveCode } from '#device/handing-over.ts'
import { readBegun } from '#device/store/begun.ts'
import { keepBrought, takeBack } from '#device/store/brought.ts'
import type { Brought } from '#device/store/brought.ts'
import { readDrafts } from '#device/store/drafts.ts'
import { readMeta } from '#device/store/meta.ts'
import type { BegunRow, DraftRow } from '#device/store/rows.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import { plainProblem } from '#device/sync/http.ts'
import { join } from '#device/sync/join.ts'
import type { JoinGround } from '#device/sync/join.ts'
import { proved } from '#device/sync/prove.ts'
import type { ProveGround } from '#device/sync/prove.ts'
import { readJson } from '#device/sync/read-json.ts'
import { inviteSecretSchema, moveResponseSchema } from '#protocol/membership.ts'

/** By what the first load has of valibot: `record` would be 1 kB more there. */
const someFields = v.looseObject({})

/**
 * What goes over the clipboard, behind a word that people recognise. Values are checked as drafts are: when they are saved. Codes of older
 * versions lack what is optional here; what a newer one has besides is kept.
 */
const codeSchema = v.looseObject({
  v: v.literal(1),
  invite: inviteSecretSchema,
  name: v.string(),
  drafts: v.array(v.looseObject({
    id: v.optional(entryIdSchema), kind: v.picklist(kinds), step: v.string(), fields: someFields, answers: v.optional(v.array(v.looseObject({ to: entryIdSchema, coverage: v.string() }))),
    updateOf: v.optional(entryIdSchema), placePrecision: v.optional(v.picklist(placePrecisions)), focus: v.optional(v.nullable(v.string())), startedAt: v.optional(instantSchema), updatedAt: v.optional(instantSchema),
  })),
  begun: v.array(v.looseObject({ entryId: entryIdSchema, fields: someFields, comment: v.string(), commentLang: v.optional(v.string()), reasons: v.optional(v.looseObject({ withdraw: v.optional(v.string()), erase: v.optional(v.string()) })), focus: v.optional(v.nullable(v.string())), updatedAt: v.optional(instantSchema) })),
})
type Code = v.InferOutput<typeof codeSchema>

const word = 'Terrain '

/** Bytes do not fit into a text: photos and voice notes of drafts stay behind, and with them what was agreed about them. */
const leftBehind: ReadonlySet<string> = new Set(['kind', 'photos', 'audio', 'consentPhoto'])

export async function askToMove(ground: ProveGround & Pick<JoinGround, 'inSession' | 'clock' | 'chance'>): Promise<Result<MoveCode, ApiProblem>> {
  const { db, inSession } = ground
  const own = await readMeta(db, 'membership')
  if (own === undefined) return fail({ kind: 'refused', code: 'no-session' })
  const answer = await inSession(() => proved(ground, { method: 'POST', path: '/devices/move', read: readJson(moveResponseSchema) }))
  if (!answer.ok) return fail(plainProblem(answer.problem))
  const [drafts, begun] = [await readDrafts(db), await readBegun(db)]
  const code: Code = { v: 1, invite: answer.value.invite, name: own.membership.member.name, drafts: drafts.map((draft) => carriedDraft(draft, ground)), begun: begun.map(carriedBegun) }
  return ok({ text: word + JSON.stringify(code), expiresAt: answer.value.expiresAt, drafts: drafts.length + begun.length, photosLeft: drafts.reduce((sum, draft) => sum + photosIn(draft), 0), voicesLeft: drafts.filter(({ content }) => typeof content.audio === 'object').length })
}

/**
 * The words are kept before the code is used: a code that was used up for words that then found no room could not be pasted again. Where the
 * join fails they go again, because the code and the other browser still have them; what was here before the code was pasted stays.
 */
export async function joinByCode(ground: JoinGround, text: string, language: string): Promise<Result<Membership, ApiProblem>> {
  const code = readCode(text)
  if (code === null) return fail({ kind: 'refused', code: 'not-a-code' })
  const { db } = ground
  const brought = broughtBy(code, ground)
  const kept = await keepBrought(db, brought)
  if (!kept.ok) return fail({ kind: 'refused', code: kept.problem.kind })
  const before = (await readMeta(db, 'membership'))?.membership.campaign.id
  // Name and key are written before the server is asked, and need room as well.
  const joined = await join(ground, { invite: code.invite, name: code.name, language }).catch((error: unknown) => fail({ kind: 'refused', code: saveProblemOf(error).kind } as const))
  if (!joined.ok) await takeBack(db, kept.value)
  // A storage that made room for another campaign let go of these words with those of the former.
  const isAnother = joined.ok && before !== undefined && before !== joined.value.campaign.id
  const again = isAnother ? await keepBrought(db, brought) : kept
  return again.ok ? joined : fail({ kind: 'refused', code: again.problem.kind })
}

/** The rows that a code makes. Without times of their own they stand in the order of the code, the newest first. */
function broughtBy(code: Code, { clock, chance }: Pick<JoinGround, 'clock' | 'chance'>): Brought {
  const now = clock.now()
  const drafts = code.drafts.map(({ fields, ...draft }, index): DraftRow => {
    const at = instantOf({ now: () => now - index })
    return { ...draft, answers: draft.answers ?? [], sv: 1, id: draft.id ?? createEntryId(clock, chance), content: { ...fields, kind: draft.kind }, startedAt: draft.startedAt ?? at, updatedAt: draft.updatedAt ?? at }
  })
  const begun = code.begun.map((row): BegunRow => ({ ...row, sv: 1, focus: row.focus ?? null, updatedAt: row.updatedAt ?? instantOf({ now: () => now }) }))
  return { drafts, begun }
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

/**
 * All that a draft has, fields to come too. It gets another name: it stays in the other browser, and two that are saved under one name would
 * be one entry told twice. The name is made here, so that a code that is pasted twice brings one draft.
 */
function carriedDraft({ content, ...draft }: Draft, { clock, chance }: Pick<DeviceGround, 'clock' | 'chance'>): Code['drafts'][number] {
  const { photosComing: _, ...rest } = draft
  return { ...rest, answers: [...draft.answers], id: createEntryId(clock, chance), fields: Object.fromEntries(Object.entries(content).filter(([field]) => !leftBehind.has(field))) }
}

/** A field to be taken away is `null` on the way, and in the store. */
function carriedBegun({ fields, ...begun }: Begun): Code['begun'][number] {
  return { ...begun, fields: Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? null])) }
}

function photosIn({ content }: Draft): number {
  return Array.isArray(content.photos) ? content.photos.length : 0
}
