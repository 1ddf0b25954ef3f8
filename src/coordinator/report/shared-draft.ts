import type { ApiProblem } from '#device/device.ts'
import type { SavedPart, WritingGround, WritingState } from '#coordinator/report/writing-state.ts'
import type { DraftResponse, DraftSettings } from '#protocol/written-report.ts'

const composeAfterMs = 500

/** What the server has: the draft of all who write, and what it rests on. */
export interface SharedDraft {
  readonly get: () => Pick<WritingState, 'draft' | 'problem' | 'evidence'>
  readonly rows: ReadonlyMap<string, SavedPart>
  /** Null when it was read. */
  readonly reload: () => Promise<ApiProblem | null>
  /** Written by this desk. */
  readonly took: (row: SavedPart) => void
  readonly lost: (id: string) => void
  readonly tookSettings: (settings: DraftSettings) => void
  readonly speak: (language: string) => void
}

export function createSharedDraft({ api, after }: Pick<WritingGround, 'api'> & { readonly after: (ms: number, run: () => void) => () => void }, tell: () => void): SharedDraft {
  const rows = new Map<string, SavedPart>()
  let state: Pick<WritingState, 'draft' | 'problem' | 'evidence'> = { draft: null, problem: null, evidence: null }
  /** Counts what was written: a draft that was asked for before that is older. */
  let [writes, composing, language, composedOf] = [0, 0, '', '']

  async function reload(isComposing = false): Promise<ApiProblem | null> {
    const before = writes
    const answer = await api.reportDraft()
    if (answer.ok && before !== writes) return reload(isComposing)
    if (answer.ok) take(answer.value, isComposing)
    else state = { ...state, problem: answer.problem }
    tell()
    return answer.ok ? null : answer.problem
  }

  function take(draft: DraftResponse, isComposing: boolean): void {
    state = { ...state, draft, problem: null }
    rows.clear()
    for (const row of draft.parts) rows.set(row.part.id, row)
    // What others wrote has other grounds.
    const versions = JSON.stringify([draft.settings.version, ...draft.parts.map(({ part, version }) => [part.id, version])])
    if (versions !== composedOf && !isComposing) compose()
    composedOf = versions
  }

  /** A moment later, once for all that was written meanwhile. */
  function compose(): void {
    composing += 1
    const round = composing
    if (language !== '') after(composeAfterMs, () => void composeNow(round))
  }

  async function composeNow(round: number): Promise<void> {
    if (round !== composing) return
    const [answer] = await Promise.all([api.reportEvidence(language), reload(true)])
    if (answer.ok && round === composing) state = { ...state, evidence: answer.value }
    tell()
  }

  function wrote(run: () => void): void {
    writes += 1
    run()
    compose()
    tell()
  }

  return {
    get: () => state,
    rows,
    reload: () => reload(),
    took: (row) => wrote(() => rows.set(row.part.id, row)),
    lost: (id) => wrote(() => rows.delete(id)),
    tookSettings: (settings) => wrote(() => {
      if (state.draft !== null) state = { ...state, draft: { ...state.draft, settings } }
    }),
    speak: (next) => {
      if (language === next) return
      language = next
      compose()
    },
  }
}
