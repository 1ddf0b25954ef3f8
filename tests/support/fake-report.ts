import type { ApiProblem } from '#device/device.ts'
import type { KeptCorrection, KeptPart, KeptWriting } from '#device/kept-writing.ts'
import { createSignal } from '#device/signal.ts'
import type { Signal } from '#device/signal.ts'
import type { WrittenReportApi } from '#device/sync/report-api.ts'
import type { ChangeOf } from '#domain/change.ts'
import type { Instant, MemberId } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { CorrectionRequest, DraftEvidence, DraftPart, DraftResponse, FigureEntries, PublishRequest } from '#protocol/written-report.ts'
import { deskIds } from './desk-entries.ts'

/** The server's side of writing the report, in memory, and the disk of the device. */
export interface FakeReport {
  readonly api: WrittenReportApi
  readonly writing: Omit<KeptWriting, 'sentDecisions' | 'seen'>
  /** What was begun at entries, as the disk has it. */
  readonly begun: Signal<Readonly<Record<string, unknown>>>
  /** Corrections that wait on the disk, of whichever window. */
  readonly unsent: Signal<readonly ChangeOf<'correct'>[]>
  draft: DraftResponse
  evidence: DraftEvidence
  /** What the device keeps, by the id of the part. */
  kept: Map<string, KeptPart>
  /** By issue and sentence. */
  readonly keptCorrections: Map<string, KeptCorrection>
  readonly puts: { readonly part: WrittenPart; readonly place: number; readonly was: number }[]
  readonly removed: string[]
  readonly published: PublishRequest[]
  /** What the device keeps of a publishing without an answer. */
  keptPublishing: PublishRequest | null
  readonly corrected: (CorrectionRequest & { readonly number: number })[]
  /** Behind each number, by its id. */
  figures: Map<string, FigureEntries>
  /** What each write answers instead, as long as it is set. */
  problem: ApiProblem | null
  /** Somebody else writes. */
  readonly elsewhere: (part: WrittenPart, place: number) => void
}

export const reportAt = '2026-03-02T11:00:00Z' as Instant
export const jean = { id: deskIds.member(2), name: 'Jean' }

export function createFakeReport(): FakeReport {
  const answer = async <Value>(make: () => Value): Promise<Result<Value, ApiProblem>> => (fake.problem === null ? ok(make()) : fail(fake.problem))
  const moved = fail({ kind: 'refused', code: 'precondition-failed' } as const)
  const rowOf = (id: string) => fake.draft.parts.find(({ part }) => part.id === id)
  const put = (part: WrittenPart, place: number, by: { readonly id: MemberId; readonly name: string }): number => {
    const version = (rowOf(part.id)?.version ?? 0) + 1
    // What the wire calls a part may be written to; here nobody does.
    const row = { part: structuredClone(part), place, version, by, at: reportAt } as DraftPart
    fake.draft = { ...fake.draft, parts: [...fake.draft.parts.filter((one) => one.part.id !== part.id), row] }
    return version
  }
  const fake: FakeReport = {
    draft: { number: 3, settings: { from: '2026-01-01', to: '2026-03-02', next: null, version: 1 }, parts: [], flags: [], issues: [] },
    evidence: { parts: [], numbers: [], quotes: [], photos: [] },
    kept: new Map(), keptCorrections: new Map(), puts: [], removed: [], figures: new Map(), published: [], keptPublishing: null, corrected: [], problem: null,
    elsewhere: (part, place) => void put(part, place, jean),
    begun: createSignal<Readonly<Record<string, unknown>>>({}),
    unsent: createSignal<readonly ChangeOf<'correct'>[]>([]),
    writing: {
      unsent: { get: () => fake.unsent.get(), subscribe: (onChange) => fake.unsent.subscribe(onChange) },
      read: async () => [...fake.kept.values()],
      keep: async (one) => {
        fake.kept.set(one.part.id, structuredClone(one))
        return ok(null)
      },
      forget: async (one) => {
        if (JSON.stringify(fake.kept.get(one.part.id)) === JSON.stringify(one)) fake.kept.delete(one.part.id)
      },
      correction: async (of) => fake.keptCorrections.get(of) ?? null,
      keepCorrection: async (of, one) => {
        if (one === null) fake.keptCorrections.delete(of)
        else fake.keptCorrections.set(of, one)
        return ok(null)
      },
      begun: { get: () => fake.begun.get(), subscribe: (onChange) => fake.begun.subscribe(onChange) },
      keepBegun: async (on, value) => {
        fake.begun.set({ ...fake.begun.get(), [on]: value })
        return ok(null)
      },
      forgetBegun: async (on, value) => {
        const { [on]: kept, ...rest } = fake.begun.get()
        if (JSON.stringify(kept) === JSON.stringify(value)) fake.begun.set(rest)
      },
      publishing: async () => fake.keptPublishing,
      keepPublishing: async (one) => {
        fake.keptPublishing = one
        return ok(null)
      },
    },
    api: {
      reportDraft: () => answer(() => fake.draft),
      reportFigure: async ({ id }) => {
        const found = fake.figures.get(id)
        return found === undefined ? fail({ kind: 'refused', code: 'not-found' } as const) : ok(found)
      },
      setReportDraft: async ({ was, ...settings }) => {
        if (was !== fake.draft.settings.version) return moved
        return answer(() => {
          fake.draft = { ...fake.draft, settings: { ...settings, version: was + 1 } }
          return was + 1
        })
      },
      putReportPart: async ({ part, place, was }) => {
        fake.puts.push({ part, place, was })
        if (fake.problem === null && (rowOf(part.id)?.version ?? 0) !== was) return moved
        return answer(() => put(part, place, { id: deskIds.member(1), name: 'Ruth' }))
      },
      removeReportPart: async (id, was) => {
        if (fake.problem === null && rowOf(id)?.version !== was) return moved
        return answer(() => {
          fake.removed.push(id)
          fake.draft = { ...fake.draft, parts: fake.draft.parts.filter(({ part }) => part.id !== id) }
          return null
        })
      },
      reportEvidence: () => answer(() => fake.evidence),
      publishReport: async (request) => {
        fake.published.push(request)
        const isSame = request.settings === fake.draft.settings.version && request.parts.length === fake.draft.parts.length && request.parts.every(({ id, version }) => rowOf(id)?.version === version)
        if (!isSame) return moved
        return answer(() => ({ number: fake.draft.number, slug: 'issue-3', url: 'https://terrain.example/r/issue-3', digest: 'a'.repeat(64) as DraftResponse['issues'][number]['digest'] }))
      },
      correctIssue: (number, correction) => answer(() => {
        fake.corrected.push({ number, ...correction })
        return null
      }),
    },
  }
  return fake
}
