import { describe, expect, it } from 'vitest'
import type { Change, KnownChange } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { foldEntry } from '#domain/fold.ts'
import type { ChangeId, EntryId, Sha256 } from '#domain/ids.ts'
import type { Citation, WrittenReport } from '#domain/written-report.ts'
import { changedEvidence, isUnchangedSince } from '#report/faithfulness.ts'
import type { EvidenceChange } from '#report/faithfulness.ts'
import { aChallenge } from '../support/contents.ts'
import { dice, pickFrom } from '../support/report-campaign.ts'

const histories = process.env['TERRAIN_TEST'] === 'deep' ? 2000 : 200
const hash = 'a'.repeat(64) as Sha256
const entryIdOf = (n: number) => `10000000-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId

/** An entry that is written change by change, as author and coordinators would. */
class Life {
  readonly id: EntryId
  readonly changes: KnownChange[] = []
  #gone = false

  constructor(id: EntryId) {
    this.id = id
    this.#step('record', { content: aChallenge() }, 'author', null)
    this.#decide('approve')
  }

  get state(): EntryState | null {
    return this.#gone ? null : foldEntry(this.changes)
  }

  get citation(): Citation {
    const approved = this.state?.approved
    if (approved === null || approved === undefined) throw new Error('nothing to cite')
    return { entryId: this.id, revision: approved.revision, contentHash: approved.contentHash }
  }

  /** What is done to a cited entry, and what a report must say of it; nothing where evidence stays as it was. */
  readonly acts: Readonly<Record<string, () => EvidenceChange | null>> = {
    revise: () => this.#step('revise', { set: { severity: 5 }, unset: [], answers: [] }, 'author') && 'revised',
    correct: () => this.#step('correct', { set: { topic: 'HEA' }, unset: [] }, 'ruth') && 'corrected',
    withdraw: () => this.#step('withdraw', {}, 'author') && 'withdrawn',
    reject: () => {
      this.#decide('reopen')
      return this.#decide('reject') && 'rejected'
    },
    reopen: () => this.#decide('reopen') && 'reopened',
    conflict: () => {
      const base = this.changes.at(-1)?.change.id ?? null
      this.#step('revise', { set: { placeName: 'Jacmel' }, unset: [], answers: [] }, 'author', base)
      return this.#step('revise', { set: { placeName: 'Hinche' }, unset: [], answers: [] }, 'author', base) && 'inConflict'
    },
    contest: () => {
      const base = this.changes.at(0)?.change.id ?? null
      return this.#step('decide', { revision: this.state?.revision, contentHash: hash, verdict: 'reject', questions: [] }, 'jean', base) && 'inConflict'
    },
    erase: () => {
      this.#gone = true
      return 'erased'
    },
    comment: () => this.#step('comment', { text: 'Thank you.', lang: 'en' }, 'ruth') && null,
    link: () => this.#step('link', { to: entryIdOf(999), kind: 'sameAs' }, 'ruth') && null,
    approveAgain: () => this.#decide('approve') && null,
    fileStored: () => this.#step('fileStored', { sha256: hash, entryId: this.id }, 'server') && null,
  }

  #decide(verdict: string): true {
    return this.#step('decide', { revision: this.state?.revision, contentHash: hash, verdict, questions: [] }, 'ruth')
  }

  #step(type: Change['type'], body: unknown, by: string, base: ChangeId | null = this.changes.at(-1)?.change.id ?? null): true {
    const n = this.changes.length + 1
    const change = { v: 1, id: `2${this.id.slice(1, 24)}${this.id.slice(-6)}${String(n).padStart(6, '0')}`, entryId: this.id, deviceSeq: n, type, base, body, salt: 's'.repeat(22), recordedAt: '2026-03-01T08:00:00Z', appVersion: 'test' }
    this.changes.push({ change, seq: n, deviceId: `device ${n}`, memberId: by, receivedAt: '2026-03-01T08:00:00Z' } as unknown as KnownChange)
    return true
  }
}

interface Lived {
  readonly written: WrittenReport
  readonly flagged: ReadonlyMap<string, ReadonlyMap<EntryId, ReadonlySet<EvidenceChange>>>
  readonly stateOf: (id: EntryId) => EntryState | null
}

/** Entries are approved and cited by sentences, then anything happens to some of them. */
function livedHistory(seed: number): Lived {
  const roll = dice(seed)
  const lives = Array.from({ length: 3 + Math.floor(roll() * 8) }, (_, n) => new Life(entryIdOf(seed * 100 + n)))
  const sentences = Array.from({ length: 2 + Math.floor(roll() * 5) }, (_, n) => ({ id: `s${n}`, text: 'Lessons are sent by phone.', lang: 'en', cites: lives.filter(() => roll() < 0.4).map(({ citation }) => citation), figures: {} }))
  const happened = new Map<EntryId, Set<EvidenceChange>>()
  for (const life of lives) {
    const acts = roll() < 0.5 ? [] : Array.from({ length: 1 + Math.floor(roll() * 3) }, () => pickFrom(roll, Object.keys(life.acts)))
    for (const act of acts) happen(life, act, happened)
  }
  const flagged = new Map(sentences.flatMap(({ id, cites }) => {
    const changed = new Map(cites.flatMap(({ entryId }) => (happened.has(entryId) ? [[entryId, happened.get(entryId) ?? new Set<EvidenceChange>()] as const] : [])))
    return changed.size === 0 ? [] : [[id, changed] as const]
  }))
  const byId = new Map(lives.map((life) => [life.id, life] as const))
  return { written: [{ kind: 'finding', id: 'f', question: 1, topic: 'EDU', sentences, quotes: [], against: [] }], flagged, stateOf: (id) => byId.get(id)?.state ?? null }
}

/** Only acts that mean something in the entry's state, one after the other; the last word on where it stands replaces what stood before. */
function happen(life: Life, act: string, happened: Map<EntryId, Set<EvidenceChange>>): void {
  const before = life.state
  if (before === null) return
  const isReadOrEdited = before.review === 'approved' || before.review === 'edited'
  if (before.contested || (act !== 'withdraw' && act !== 'erase' && act !== 'comment' && act !== 'approveAgain' && !isReadOrEdited)) return
  if (act === 'reopen' && before.review !== 'approved') return
  if (act === 'contest' && before.trail.some(({ step }) => step === 'revised' || step === 'corrected' || step === 'reopen')) return
  const change = life.acts[act]?.() ?? null
  // Whoever approves the same words again ends the waiting, and only that.
  if (act === 'approveAgain' && life.state?.review === 'approved') happened.get(life.id)?.delete('reopened')
  if (happened.get(life.id)?.size === 0) happened.delete(life.id)
  if (change === null) return
  const known = happened.get(life.id) ?? new Set()
  // What is erased is gone with all that was known of it, and a conflict comes of two revisions.
  if (change === 'erased') known.clear()
  if (act === 'conflict') known.add('revised')
  if (change === 'withdrawn') for (const earlier of ['rejected', 'reopened'] as const) known.delete(earlier)
  happened.set(life.id, known.add(change))
}

describe('a report is faithful to its evidence', () => {
  it(`[RE40] [RE41] in ${histories} histories each affected sentence is flagged with what changed, and no other`, () => {
    let flags = 0
    for (let seed = 0; seed < histories; seed += 1) {
      const { written, flagged, stateOf } = livedHistory(seed)
      const found = new Map(changedEvidence(written, stateOf).map(({ sentence, changed }) => [sentence ?? '', new Map(changed.map(({ citation, changes }) => [citation.entryId, new Set(changes)] as const))] as const))
      expect([seed, found]).toEqual([seed, flagged])
      flags += found.size
    }
    expect(flags).toBeGreaterThan(histories / 2)
  })

  it('[RE41] an approval of the same words, a comment and a link change no evidence', () => {
    const life = new Life(entryIdOf(1))
    const written = reportCiting(life.citation)
    for (const act of ['comment', 'link', 'fileStored', 'approveAgain']) life.acts[act]?.()
    expect(changedEvidence(written, () => life.state)).toEqual([])
  })

  it.each([['revise', false], ['contest', false], ['comment', true]] as const)('[RE720] after %s it has stayed as it was before: %s', (act, isUnchanged) => {
    const life = new Life(entryIdOf(1))
    life.acts[act]?.()
    const [before, after] = ['2026-03-01T07:00:00.000Z', '2026-03-01T09:00:00.000Z']
    expect([before, after].map((at) => isUnchangedSince(life.state as EntryState, at))).toEqual([isUnchanged, true])
  })

  it('[RE42] an entry that contradicts a finding is watched as well, and words that are not there are said to be unknown', () => {
    const life = new Life(entryIdOf(1))
    const against: WrittenReport = [{ kind: 'finding', id: 'f', question: 1, topic: null, sentences: [], quotes: [], against: [{ ...life.citation, settled: null }] }]
    life.acts['withdraw']?.()
    expect(changedEvidence(against, () => life.state)).toMatchObject([{ finding: 'f', sentence: null, changed: [{ changes: ['withdrawn'] }] }])
    const elsewhere = reportCiting({ ...life.citation, revision: 'other' as ChangeId })
    expect(changedEvidence(elsewhere, () => new Life(entryIdOf(1)).state)).toMatchObject([{ sentence: 's', changed: [{ changes: ['unknown'] }] }])
    const otherHash = reportCiting({ ...new Life(entryIdOf(1)).citation, contentHash: 'b'.repeat(64) as Sha256 })
    expect(changedEvidence(otherHash, () => new Life(entryIdOf(1)).state)).toMatchObject([{ changed: [{ changes: ['unknown'] }] }])
  })
})

function reportCiting(citation: Citation): WrittenReport {
  return [{ kind: 'priority', id: 'p', topic: null, sentences: [{ id: 's', text: 'Printed lessons.', lang: 'en', cites: [citation], figures: {} }], quotes: [], against: [], horizon: 'now', addressees: ['ngo'], programme: 'ED', sdgs: [4] }]
}
