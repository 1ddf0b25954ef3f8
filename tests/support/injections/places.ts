import { changeBodySchemas, changeEnvelopeSchema } from '#domain/change.ts'
import { fieldSchemas } from '#domain/entry.ts'
import { settleRequestSchema } from '#protocol/aside.ts'
import { assignRequestSchema } from '#protocol/assignment.ts'
import { auditExportQuerySchema, auditQuerySchema } from '#protocol/audit.ts'
import { campaignOrderSchema, campaignPatchSchema } from '#protocol/campaign.ts'
import { countsQuerySchema, entriesQuerySchema, inviteRequestSchema, memberPatchSchema } from '#protocol/desk.ts'
import { freshQuerySchema } from '#protocol/fresh.ts'
import { asideRequestSchema, eraseMemberRequestSchema } from '#protocol/member-acts.ts'
import { inviteLookRequestSchema, joinRequestSchema, rotateRequestSchema, sessionRequestSchema } from '#protocol/membership-request.ts'
import { apartRequestSchema } from '#protocol/near.ts'
import { reportOrderSchema } from '#protocol/report.ts'
import { saveViewSchema } from '#protocol/saved-view.ts'
import { quarantineRequestSchema, syncRequestSchema } from '#protocol/sync-request.ts'
import { correctionRequestSchema, draftEvidenceQuerySchema, draftSettingsRequestSchema, figureQuerySchema, publishRequestSchema, putPartRequestSchema, removePartQuerySchema } from '#protocol/written-report.ts'
import { freeTextsIn } from './free-texts.ts'
import type { FreeText } from './free-texts.ts'

/** Every schema of the protocol by which the server reads what comes in, under its own name: a test holds this list to what `server/http` does. */
export const takenSchemas = {
  settleRequestSchema, assignRequestSchema, auditExportQuerySchema, auditQuerySchema, campaignOrderSchema, campaignPatchSchema, countsQuerySchema, entriesQuerySchema, inviteRequestSchema, memberPatchSchema, freshQuerySchema,
  asideRequestSchema, eraseMemberRequestSchema, inviteLookRequestSchema, joinRequestSchema, rotateRequestSchema, sessionRequestSchema, apartRequestSchema, reportOrderSchema, saveViewSchema, quarantineRequestSchema, syncRequestSchema,
  correctionRequestSchema, draftEvidenceQuerySchema, draftSettingsRequestSchema, figureQuerySchema, publishRequestSchema, putPartRequestSchema, removePartQuerySchema,
} as const

/** Free texts of requests that are compared, looked up or kept for machines, and stand on no screen and in no file. */
const forMachines: readonly (readonly [RegExp, string])[] = [
  [/^(?:syncRequest|quarantineRequest)\.epoch$|^syncRequest\.scope$|^freshQuery\./, 'compared with what the server knows'],
  [/^sessionRequest\./, 'a signature of the server is looked for in it'],
  [/^(?:entriesQuery|countsQuery)\./, 'what a list is narrowed by: in addresses of the desk'],
  [/^settleRequest\.subject$/, 'names what the server named'],
  [/^campaignPatch\.set\.areas\.\*\.names\.\*$/, 'shown in other languages by the same element as the name'],
  [/\.figures\.\*$/, 'names a number of the report; what names none is left out'],
]

/** What people bring past the requests: in a file, by the share sheet, in an address, and what a newer app may write. */
const besides: readonly FreeText[] = [
  { place: 'newer.name', most: 60 }, { place: 'newer.value', most: 400 }, { place: 'translation', most: 4000 }, { place: 'unreadable', most: 400 },
  { place: 'table.header', most: 120 }, { place: 'table.cell', most: 300 }, { place: 'sheet.name', most: 31 }, { place: 'file.name', most: 100 }, { place: 'geojson.name', most: 80 },
  { place: 'shared.title', most: 200 }, { place: 'shared.text', most: 1500 }, { place: 'shared.url', most: 200 }, { place: 'address', most: 100 }, { place: 'typed', most: 1500 },
]

/** Places that only a browser gets to. */
export const inBrowser: readonly string[] = ['figureQuery.id', 'sheet.name', 'file.name', 'geojson.name', 'shared.title', 'shared.text', 'shared.url', 'address', 'typed']

/** Every place that a hostile text can get to, in the same order each time. */
export function allPlaces(): readonly FreeText[] {
  const fields = freeFields()
  const found = [
    ...Object.entries(changeBodySchemas).flatMap(([type, schema]) => freeTextsIn(schema, type)),
    // A revision and a correction are checked field by field, by the schema of each.
    ...['revise.set', 'correct.set'].flatMap((change) => fields.map(({ place, most }) => ({ place: `${change}.${place}`, most }))),
    ...freeTextsIn(changeEnvelopeSchema, 'change'),
    ...Object.entries(takenSchemas).flatMap(([name, schema]) => freeTextsIn(schema, name.replace(/Schema$/, ''))),
    ...besides,
  ]
  return found.filter(({ place }) => !forMachines.some(([pattern]) => pattern.test(place)))
}

/** The free texts among the author's fields. */
export function freeFields(): readonly FreeText[] {
  return Object.entries(fieldSchemas).flatMap(([field, schema]) => freeTextsIn(schema, field))
}
