import * as v from 'valibot'
import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import { writtenPartSchema } from '#domain/written-report.ts'
import { mostParts } from '#protocol/written-report.ts'
import type { ReportStore, StoredDraft, StoredPart } from '#server/store/report-store.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import type { ReportPartRow } from '#server/store/sql/report-rows.ts'

const oneGoMs = 10 * 60_000

/** What coordinators write together. Writes of a campaign stand in line at its counters, so that a version is given once. */
export function createReportDraft(db: Db): Pick<ReportStore, 'draft' | 'saveSettings' | 'savePart' | 'removePart'> {
  return {
    draft: (campaign) => readTogether(db, (tx) => draftOf(tx, campaign)),
    saveSettings: (campaign, settings) => db.transaction().execute((tx) => saveSettings(tx, campaign, settings)),
    savePart: (campaign, saving) => db.transaction().execute((tx) => savePart(tx, campaign, saving)),
    removePart: (campaign, removing) => db.transaction().execute((tx) => removePart(tx, campaign, removing)),
  }
}

export async function draftOf(tx: Tx, campaign: CampaignId): Promise<StoredDraft> {
  const settings = await settingsOf(tx, campaign)
  const rows = await tx.selectFrom('report_parts')
    .leftJoin('members', (join) => join.onRef('members.campaign_id', '=', 'report_parts.campaign_id').onRef('members.id', '=', 'report_parts.member_id'))
    .selectAll('report_parts').select('members.name').where('report_parts.campaign_id', '=', campaign).orderBy('report_parts.place').orderBy('report_parts.id').execute()
  return {
    settings,
    parts: rows.map(({ body, place, version, member_id: id, name, at }): StoredPart => ({ part: v.parse(writtenPartSchema, JSON.parse(body)), place: Number(place), version: Number(version), by: byOf(id, name), at })),
  }
}

export function byOf(id: MemberId, name: string | null): { readonly id: MemberId; readonly name: string } | null {
  return name === null ? null : { id, name }
}

async function settingsOf(tx: Tx, campaign: CampaignId): Promise<StoredDraft['settings']> {
  const row = await tx.selectFrom('report_drafts').selectAll().where('campaign_id', '=', campaign).executeTakeFirst()
  return row === undefined ? null : { from: row.period_from, to: row.period_to, next: row.next_on, version: Number(row.version) }
}

async function saveSettings(tx: Tx, campaign: CampaignId, { from, to, next, was, by }: Parameters<ReportStore['saveSettings']>[1]): Promise<number | null> {
  await lockCounters(tx, campaign)
  if (((await settingsOf(tx, campaign))?.version ?? 0) !== was) return null
  await writeSettings(tx, campaign, { from, to, next, version: was + 1, member: by.memberId, at: by.at })
  return was + 1
}

export async function writeSettings(tx: Tx, campaign: CampaignId, { from, to, next, version, member, at }: { readonly from: string; readonly to: string; readonly next: string | null; readonly version: number; readonly member: MemberId; readonly at: Instant }): Promise<void> {
  const row = { period_from: from, period_to: to, next_on: next, version, member_id: member, at }
  await tx.insertInto('report_drafts').values({ campaign_id: campaign, ...row }).onConflict((oc) => oc.column('campaign_id').doUpdateSet(row)).execute()
}

async function savePart(tx: Tx, campaign: CampaignId, { part, place, was, by }: Parameters<ReportStore['savePart']>[1]): Promise<number | 'full' | null> {
  await lockCounters(tx, campaign)
  const versions = await versionsOf(tx, campaign)
  if ((versions.get(part.id) ?? 0) !== was) return null
  if (was === 0 && versions.size >= mostParts) return 'full'
  const before = await tx.selectFrom('report_parts').select(['body', 'member_id', 'at']).where('campaign_id', '=', campaign).where('id', '=', part.id).executeTakeFirst()
  const row = { place, body: JSON.stringify(part), version: was + 1, member_id: by.memberId, at: by.at }
  await tx.insertInto('report_parts').values({ campaign_id: campaign, id: part.id, ...row }).onConflict((oc) => oc.columns(['campaign_id', 'id']).doUpdateSet(row)).execute()
  await tellWriting(tx, campaign, { part, by, before })
  return was + 1
}

/** The desk saves a moment after each word: what one person writes in one go is one line of the log. It holds no words; the draft has them, and they may be taken out of it. */
async function tellWriting(tx: Tx, campaign: CampaignId, { part, by, before }: Pick<Parameters<ReportStore['savePart']>[1], 'part' | 'by'> & { readonly before: Pick<ReportPartRow, 'body' | 'member_id' | 'at'> | undefined }): Promise<void> {
  const known = before === undefined ? null : v.parse(writtenPartSchema, JSON.parse(before.body))
  const isGoingOn = before !== undefined && before.member_id === by.memberId && Date.parse(by.at) - Date.parse(before.at) < oneGoMs
  const detail = part.topic === null ? {} : { topic: part.topic }
  if (!isGoingOn && before?.body !== JSON.stringify(part)) await recordAct(tx, campaign, { act: 'report.partWritten', by, subject: part.id, detail })
  if (known?.confidence !== part.confidence) await recordAct(tx, campaign, { act: 'report.confidence', by, subject: part.id, detail: { ...detail, from: known?.confidence ?? null, to: part.confidence ?? null } })
}

export async function versionsOf(tx: Tx, campaign: CampaignId): Promise<ReadonlyMap<string, number>> {
  return new Map((await tx.selectFrom('report_parts').select(['id', 'version']).where('campaign_id', '=', campaign).execute()).map(({ id, version }) => [id, Number(version)] as const))
}

/** The log keeps the first sentence of what is gone: somebody may ask who took it out. */
async function removePart(tx: Tx, campaign: CampaignId, { id, was, by }: Parameters<ReportStore['removePart']>[1]): Promise<boolean> {
  await lockCounters(tx, campaign)
  const row = await tx.selectFrom('report_parts').select(['version', 'body']).where('campaign_id', '=', campaign).where('id', '=', id).executeTakeFirst()
  if (row === undefined) return true
  if (Number(row.version) !== was) return false
  await tx.deleteFrom('report_parts').where('campaign_id', '=', campaign).where('id', '=', id).execute()
  const { sentences } = v.parse(writtenPartSchema, JSON.parse(row.body))
  await recordAct(tx, campaign, { act: 'report.partRemoved', by, subject: id, words: sentences[0]?.text ?? null })
  return true
}
