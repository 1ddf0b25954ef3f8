import * as v from 'valibot'
import { settleRequestSchema, alarmsResponseSchema, quarantineResponseSchema } from '#protocol/aside.ts'
import { assignRequestSchema, assignResponseSchema, reviewersResponseSchema } from '#protocol/assignment.ts'
import { auditExportQuerySchema, auditQuerySchema, auditResponseSchema } from '#protocol/audit.ts'
import { bundlePartResponseSchema, bundleType } from '#protocol/bundle-file.ts'
import { campaignOrderSchema, campaignPatchSchema, campaignResponseSchema } from '#protocol/campaign.ts'
import { countsQuerySchema, countsResponseSchema, deviceRowSchema, entriesQuerySchema, entriesResponseSchema, entryResponseSchema, inviteRequestSchema, inviteResponseSchema, invitesResponseSchema, memberPatchSchema, membersResponseSchema } from '#protocol/desk.ts'
import { exportTypes } from '#protocol/export-order.ts'
import { freshQuerySchema, freshResponseSchema } from '#protocol/fresh.ts'
import { importResponseSchema } from '#protocol/import.ts'
import { asideRequestSchema, eraseMemberRequestSchema, memberErasedSchema, memberSetAsideSchema } from '#protocol/member-acts.ts'
import { inviteLookRequestSchema, joinRequestSchema, rotateRequestSchema, sessionRequestSchema } from '#protocol/membership-request.ts'
import { campaignMadeSchema, challengeResponseSchema, inviteLookResponseSchema, joinResponseSchema, meResponseSchema, moveResponseSchema, sessionResponseSchema } from '#protocol/membership.ts'
import { apartRequestSchema, nearResponseSchema } from '#protocol/near.ts'
import { overviewResponseSchema } from '#protocol/overview.ts'
import { reportOrderSchema } from '#protocol/report.ts'
import { savedViewsResponseSchema, saveViewSchema } from '#protocol/saved-view.ts'
import { quarantineRequestSchema, syncRequestSchema } from '#protocol/sync-request.ts'
import { briefSyncResponseSchema, pushResultSchema, syncResponseSchema } from '#protocol/sync.ts'
import { correctionRequestSchema, draftEvidenceQuerySchema, draftEvidenceSchema, draftResponseSchema, draftSettingsRequestSchema, figureEntriesSchema, figureQuerySchema, publishRequestSchema, publishResponseSchema, putPartRequestSchema, removePartQuerySchema, usedResponseSchema, versionResponseSchema } from '#protocol/written-report.ts'
import { exportQuerySchema, importQuerySchema } from '#server/http/exchange.ts'
import { meQuerySchema } from '#server/http/session.ts'

/** What is sent or answered: JSON of a schema, or bytes of these types. */
export type Sent = v.GenericSchema | readonly string[]

export interface DescribedCall {
  readonly says: string
  readonly query?: v.GenericSchema
  readonly body?: Sent
  /** Asks for a proof by the key of the device, some only for some bodies. */
  readonly isProved?: true
  /** By status; null where nothing but the status is answered. */
  readonly answers: Readonly<Record<number, Sent | null>>
}

const anyBytes = ['application/octet-stream'] as const
const tusPiece = ['application/offset+octet-stream'] as const
const page = ['text/html', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'] as const
const statusSchema = v.looseObject({ status: v.string() })
const readySchema = v.looseObject({ status: v.string(), backup: v.optional(v.looseObject({ verifiedAt: v.nullable(v.string()), failing: v.boolean() })), disk: v.looseObject({ low: v.boolean() }) })
const asBytesSchema = v.looseObject({ epoch: v.string(), results: v.array(pushResultSchema) })
const done = { 204: null } as const

/** Every call by its route, as `openapi.json` tells it: in a sentence, and by the schemas that the routes themselves read and answer by. */
export const describedCalls: Readonly<Record<string, DescribedCall>> = {
  'GET /api/v1/openapi.json': { says: 'This description.', answers: { 200: v.looseObject({ openapi: v.string() }) } },
  'GET /api/v1/health': { says: 'Whether the process answers.', answers: { 200: statusSchema } },
  'GET /api/v1/ready': { says: 'Whether it can serve: the database answers, and it was not told to end.', answers: { 200: readySchema } },
  'POST /api/v1/join': { says: 'An invite becomes a membership of this device. The same device id and key again: 200, the same member, nothing used up, no session.', body: joinRequestSchema, answers: { 201: joinResponseSchema, 200: joinResponseSchema } },
  'POST /api/v1/join/look': { says: 'Which campaign an invite is for.', body: inviteLookRequestSchema, answers: { 200: inviteLookResponseSchema } },
  'GET /api/v1/session/challenge': { says: 'What a device signs for a session or for a proof; it lives five minutes.', answers: { 200: challengeResponseSchema } },
  'POST /api/v1/session': { says: 'A new session by the key of the device.', body: sessionRequestSchema, answers: { 200: sessionResponseSchema } },
  'GET /api/v1/me': { says: 'Member, campaign, device and abilities of the session. revision: of the settings that the device knows, which are then left out.', query: meQuerySchema, answers: { 200: meResponseSchema } },
  'POST /api/v1/devices/rotate': { says: 'A new id and key for the member of the session.', body: rotateRequestSchema, answers: { 201: joinResponseSchema, 200: joinResponseSchema } },
  'POST /api/v1/devices/move': { says: 'An invite by which one more device joins as the same member, once, within half an hour.', answers: { 201: moveResponseSchema } },
  'POST /api/v1/sync': { says: 'Push and pull in one request, answered after the commit. Each change of the run is a Change with one of the ChangeBodies (components).', body: syncRequestSchema, answers: { 200: v.union([syncResponseSchema, briefSyncResponseSchema]) } },
  'POST /api/v1/sync/quarantine': { says: 'One change that could not be parsed, as bytes in base64.', body: quarantineRequestSchema, answers: { 200: asBytesSchema } },
  'GET /api/v1/quarantine': { says: 'What was set aside, with its reason and its people.', answers: { 200: quarantineResponseSchema } },
  'GET /api/v1/alarms': { says: 'Changes of one id or place with two contents.', answers: { 200: alarmsResponseSchema } },
  'POST /api/v1/settlements': { says: 'A word of a coordinator on something set aside or on an alarm.', body: settleRequestSchema, answers: done },
  'POST /api/v1/campaigns': { isProved: true, says: 'A further campaign, with an invite for who asked.', body: campaignOrderSchema, answers: { 201: campaignMadeSchema, 200: campaignMadeSchema } },
  'GET /api/v1/campaigns/:id': { says: 'The settings, and who changed them.', answers: { 200: campaignResponseSchema } },
  'PATCH /api/v1/campaigns/:id': { isProved: true, says: 'Changes settings under the revision that was read.', body: campaignPatchSchema, answers: { 200: campaignResponseSchema } },
  'POST /api/v1/files': { says: 'tus 1.0: creates an upload; its metadata name sha256, type, entryId and campaignId.', body: tusPiece, answers: { 201: null } },
  'PATCH /api/v1/files/:upload': { says: 'tus 1.0: the next bytes of an upload.', body: tusPiece, answers: done },
  'HEAD /api/v1/files/:upload': { says: 'tus 1.0: how far an upload is (Upload-Offset).', answers: { 200: null } },
  'GET /api/v1/files/:sha256': { says: 'The picture as the server encoded it anew, or a narrower copy; a voice note.', query: v.looseObject({ width: v.optional(v.string()) }), answers: { 200: ['image/jpeg', 'image/webp', 'audio/webm', 'audio/ogg', 'audio/mp4'], 206: anyBytes, 304: null } },
  'GET /api/v1/entries': { says: 'Folded entries, a page at a time, with counts of the facets that are asked for. A facet may be named several times.', query: entriesQuerySchema, answers: { 200: entriesResponseSchema } },
  'GET /api/v1/entries/counts': { says: 'How many entries each of several lists has; each is written as the query of a list.', query: countsQuerySchema, answers: { 200: countsResponseSchema } },
  'GET /api/v1/entries/:id': { says: 'One entry with its changes.', answers: { 200: entryResponseSchema } },
  'GET /api/v1/entries/:id/near': { says: 'Which others may tell of the same or answer it, with reasons.', answers: { 200: nearResponseSchema } },
  'PUT /api/v1/entries/:id/apart': { says: 'A word that two entries have nothing to do with each other.', body: apartRequestSchema, answers: done },
  'GET /api/v1/overview': { says: 'Counts by area, topic, week and severity, under the filters of the list.', query: entriesQuerySchema, answers: { 200: overviewResponseSchema } },
  'GET /api/v1/reviewers': { says: 'Who reads which entry.', answers: { 200: reviewersResponseSchema } },
  'POST /api/v1/assignments': { says: 'Gives entries to a coordinator, or takes them back.', body: assignRequestSchema, answers: { 200: assignResponseSchema } },
  'GET /api/v1/views': { says: 'Saved views of who asks.', answers: { 200: savedViewsResponseSchema } },
  'PUT /api/v1/views/:id': { says: 'Saves a view.', body: saveViewSchema, answers: done },
  'DELETE /api/v1/views/:id': { says: 'Removes a view.', answers: done },
  'GET /api/v1/fresh': { says: 'What was touched since a place in the log.', query: freshQuerySchema, answers: { 200: freshResponseSchema } },
  'GET /api/v1/members': { says: 'Members with their devices.', answers: { 200: membersResponseSchema } },
  'PATCH /api/v1/members/:id': { isProved: true, says: 'Another role, or the end of the membership.', body: memberPatchSchema, answers: done },
  'POST /api/v1/members/:id/erase': { isProved: true, says: 'Erases all that is held of a member.', body: eraseMemberRequestSchema, answers: { 200: memberErasedSchema } },
  'GET /api/v1/members/:id/held': { isProved: true, says: 'All that is held about a member, as one file for them.', answers: { 200: ['application/zip'] } },
  'PUT /api/v1/members/:id/aside': { says: 'Sets aside what a member sent since a moment.', body: asideRequestSchema, answers: { 200: memberSetAsideSchema } },
  'DELETE /api/v1/members/:id/aside': { says: 'Makes it count again.', answers: { 200: memberSetAsideSchema } },
  'GET /api/v1/devices': { says: 'Per device its last contact, version, what waits there and which of its changes are missing.', answers: { 200: v.looseObject({ devices: v.array(deviceRowSchema) }) } },
  'DELETE /api/v1/devices/:id': { isProved: true, says: 'A lost phone: revokes its device.', answers: done },
  'POST /api/v1/invites': { isProved: true, says: 'Makes an invite; its secret is in this one answer.', body: inviteRequestSchema, answers: { 201: inviteResponseSchema } },
  'GET /api/v1/invites': { says: 'Open invites.', answers: { 200: invitesResponseSchema } },
  'DELETE /api/v1/invites/:id': { says: 'Takes an invite back.', answers: done },
  'POST /api/v1/import': { says: 'Brings in a table (coordinators) or a bundle (any member), and tells every refused row with its reason. trial compares a table with what is here, and writes nothing.', query: importQuerySchema, body: ['text/csv', 'application/geo+json', 'application/json', bundleType], answers: { 200: importResponseSchema } },
  'POST /api/v1/import/parts/:id': { says: 'The next part of a bundle, from the byte at on; answered with how far the server is.', query: v.looseObject({ at: v.pipe(v.string(), v.regex(/^\d{1,12}$/)) }), body: anyBytes, answers: { 200: bundlePartResponseSchema } },
  'GET /api/v1/export': { isProved: true, says: 'What was approved, as far as it may leave. kind is needed for csv and xlsx.', query: exportQuerySchema, answers: { 200: [...new Set(Object.values(exportTypes))] } },
  'GET /api/v1/reports/working': { isProved: true, says: 'The working report, as a page or a document.', query: reportOrderSchema, answers: { 200: page } },
  'GET /api/v1/reports/draft': { says: 'What is written for the next issue, with what changed of its evidence.', answers: { 200: draftResponseSchema } },
  'PUT /api/v1/reports/draft': { says: 'Its days.', body: draftSettingsRequestSchema, answers: { 200: versionResponseSchema } },
  'GET /api/v1/reports/draft/evidence': { says: 'The entries, quotations and photos that may be cited.', query: draftEvidenceQuerySchema, answers: { 200: draftEvidenceSchema } },
  'GET /api/v1/reports/draft/figures': { says: 'The entries behind a number of the report.', query: figureQuerySchema, answers: { 200: figureEntriesSchema } },
  'PUT /api/v1/reports/draft/parts/:id': { says: 'Saves a finding or a priority under the version that was read.', body: putPartRequestSchema, answers: { 200: versionResponseSchema } },
  'DELETE /api/v1/reports/draft/parts/:id': { says: 'Removes it.', query: removePartQuerySchema, answers: done },
  'POST /api/v1/reports/draft/publish': { isProved: true, says: 'Publishes the next issue, which can then not be changed.', body: publishRequestSchema, answers: { 201: publishResponseSchema } },
  'POST /api/v1/reports/issues/:number/corrections': { isProved: true, says: 'A correction that stands above an issue.', body: correctionRequestSchema, answers: done },
  'GET /api/v1/reports/used': { says: 'Which sentences of which issue used the entries of who asks.', answers: { 200: usedResponseSchema } },
  'GET /api/v1/audit': { says: 'Every act: who, when, on which revision; the newest first.', query: auditQuerySchema, answers: { 200: auditResponseSchema } },
  'GET /api/v1/audit/export': { isProved: true, says: 'The same as a file.', query: auditExportQuerySchema, answers: { 200: ['text/csv', 'application/x-ndjson'] } },
}
