import type { KeptCorrection, KeptPart, KeptWriting } from '#device/kept-writing.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isSameJson } from '#device/same-json.ts'
import { watchQuery } from '#device/store/live-watch.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { withReserve } from '#device/store/reserve.ts'
import { readSent, sentTables } from '#device/store/sent-decisions.ts'
import { watchUnsentCorrections } from '#device/store/unsent-corrections.ts'
import type { PublishRequest } from '#protocol/written-report.ts'
import { written } from '#device/store/storage-problem.ts'

/** Words for the report of one campaign: in another one they are nobody's. */
export interface KeptWritingRow {
  readonly campaignId: string
  readonly parts: Readonly<Record<string, KeptPart>>
  /** Absent where an older version wrote the row. */
  readonly corrections?: Readonly<Record<string, KeptCorrection>>
  readonly publishing?: PublishRequest | null
  /** By what it is written on: the kind, the entry and what else there is of it. */
  readonly begun?: Readonly<Record<string, unknown>>
}

export function keptWriting(db: DeviceDatabase): KeptWriting {
  const parts = async (): Promise<KeptWritingRow> => {
    const campaignId = (await readMeta(db, 'membership'))?.membership.campaign.id ?? ''
    const row = await readMeta(db, 'writing')
    return row?.campaignId === campaignId ? row : { campaignId, parts: {} }
  }
  return {
    unsent: watchUnsentCorrections(db),
    sentDecisions: watchQuery(() => db.read(sentTables(db), () => readSent(db)), isSameJson),
    seen: (ids) => db.write([db.meta], async () => {
      const sent = (await readMeta(db, 'sent')) ?? []
      const left = sent.filter(({ id }) => !ids.includes(id))
      if (left.length < sent.length) await writeMeta(db, 'sent', left)
    }),
    read: () => db.read([db.meta], async () => Object.values((await parts()).parts)),
    keep: (one) => written(() => withReserve(db, () => db.write([db.meta], async () => {
      const row = await parts()
      await writeMeta(db, 'writing', { ...row, parts: { ...row.parts, [one.part.id]: one } })
      return null
    }))),
    forget: (one) => db.write([db.meta], async () => {
      const row = await parts()
      const { [one.part.id]: kept, ...rest } = row.parts
      if (kept !== undefined && JSON.stringify(kept) === JSON.stringify(one)) await writeMeta(db, 'writing', { ...row, parts: rest })
    }),
    correction: (of) => db.read([db.meta], async () => (await parts()).corrections?.[of] ?? null),
    keepCorrection: (of, one) => written(() => withReserve(db, () => db.write([db.meta], async () => {
      const row = await parts()
      const { [of]: _before, ...rest } = row.corrections ?? {}
      await writeMeta(db, 'writing', { ...row, corrections: one === null ? rest : { ...rest, [of]: one } })
      return null
    }))),
    begun: watchQuery(async () => (await parts()).begun ?? {}, isSameJson),
    keepBegun: (on, value) => written(() => withReserve(db, () => db.write([db.meta], async () => {
      const row = await parts()
      await writeMeta(db, 'writing', { ...row, begun: { ...row.begun, [on]: value } })
      return null
    }))),
    forgetBegun: (on, value) => db.write([db.meta], async () => {
      const row = await parts()
      const { [on]: kept, ...rest } = row.begun ?? {}
      if (kept !== undefined && isSameJson(kept, value)) await writeMeta(db, 'writing', { ...row, begun: rest })
    }),
    publishing: () => db.read([db.meta], async () => (await parts()).publishing ?? null),
    keepPublishing: (one) => written(() => withReserve(db, () => db.write([db.meta], async () => {
      await writeMeta(db, 'writing', { ...(await parts()), publishing: one })
      return null
    }))),
  }
}
