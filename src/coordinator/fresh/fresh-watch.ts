import type { LogPlace } from '#device/held-decisions.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { Watch } from '#device/watch.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Assigned, Assignee } from '#protocol/assignment.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { FreshResponse } from '#protocol/fresh.ts'
import { createListeners } from '#coordinator/fresh/listeners.ts'
import type { Listeners } from '#coordinator/fresh/listeners.ts'
import { createSwitch } from '#coordinator/fresh/switch.ts'

/** What the desk knows of the server's log since it was opened. */
export interface FreshState {
  /** Which history the places belong to; null before the first answer, and where the desk has fallen too far behind. */
  readonly epoch: string | null
  /** How far the log is known; -1 before the first answer. */
  readonly seq: number
  /** Entries that something was said on since the desk was opened, by the last of it. */
  readonly touched: ReadonlyMap<EntryId, number>
  /** The same entries as they stand now. */
  readonly rows: ReadonlyMap<EntryId, EntryRow>
  /** Of each of those rows, the turn at which it was asked for. */
  readonly turns: ReadonlyMap<EntryId, number>
  /** Entries that are there no more: erased or set aside since the desk was opened, by it or by anybody. */
  readonly gone: ReadonlySet<EntryId>
  /** Those of them that were set aside, with whoever wrote them or otherwise, and may count again. */
  readonly aside: ReadonlySet<EntryId>
  /** Entries that were given to somebody or back since then, with whose they are now. */
  readonly assignees: ReadonlyMap<EntryId, Assignee | null>
}

export interface FreshWatch extends Watch<FreshState> {
  readonly get: () => FreshState
  /** Asks now; two at once are one. False when there was no answer. */
  readonly check: () => Promise<boolean>
  /** Calls each time the server has answered. */
  readonly onAnswer: Listeners['subscribe']
  /** Whether the last question met no answer at all. */
  readonly isAway: Watch<boolean>
  /** Whether something on the way has answered it in the place of the server. */
  readonly isBetween: Watch<boolean>
  /** Whether a part of this app was missing for it, which comes only into a page that is opened again. */
  readonly isMissing: Watch<boolean>
  /** An entry that this desk has erased: known at once, whenever the server hears of it. */
  readonly erased: (id: EntryId) => void
  /** Whose entries have become by an act of this desk: known at once. */
  readonly assigned: (entries: readonly Assigned[]) => void
  /** A higher number each time: what came before what at this desk, whatever its clock says. */
  readonly turn: () => number
  /** Up to where the log is known now; null where it is not. */
  readonly asOf: () => LogPlace | null
  /** Whether something may have been said on an entry after a place in the log. What is not known may have been. */
  readonly mayBeTouched: (id: EntryId, after: LogPlace | null) => boolean
}

/** More pages than this at once, and the desk reads anew instead of catching up. */
const mostPages = 20

/** Follows the log of the campaign by one small request at a time. */
export function createFreshWatch(api: Pick<DeskApi, 'fresh'>): FreshWatch {
  let state: FreshState = { epoch: null, seq: -1, touched: new Map(), rows: new Map(), turns: new Map(), gone: new Set(), aside: new Set(), assignees: new Map() }
  let lastTurn = 0
  let assignments: number | null = null
  let asides: string | null = null
  /** Before this place nothing is known. */
  let sinceSeq = Number.POSITIVE_INFINITY
  let checking: Promise<boolean> | null = null
  const [away, between, missing] = [createSwitch(), createSwitch(), createSwitch()]
  const [changes, answers] = [createListeners(), createListeners()]

  function put(next: FreshState): void {
    state = next
    changes.tell()
  }

  function nextTurn(): number {
    lastTurn += 1
    return lastTurn
  }

  async function ask(): Promise<boolean> {
    for (let page = 0; page < mostPages; page += 1) {
      const turn = nextTurn()
      const answer = await api.fresh(state.epoch === null ? null : state.seq, state.epoch === null ? null : assignments, state.epoch === null ? null : asides)
      const problem = answer.ok ? null : answer.problem
      for (const [turned, isOn] of [[missing, problem?.code === 'not-loaded'], [between, problem?.by === 'between'], [away, problem !== null && problem.kind !== 'refused']] as const) turned.set(isOn)
      if (!answer.ok) return false
      const { seq, more, touched, assigned = [], aside = [] } = answer.value
      assignments = answer.value.assignments ?? null
      asides = answer.value.asides ?? null
      if (answer.value.epoch !== state.epoch || seq < state.seq) begin(answer.value.epoch, seq)
      else if (touched.length > 0 || assigned.length > 0 || aside.length > 0 || seq !== state.seq) {
        put({
          ...state, seq,
          touched: new Map([...state.touched, ...touched.map((one) => [one.id, one.seq] as const)]),
          rows: new Map([...state.rows, ...touched.flatMap(({ id, row }) => (row === null ? [] : [[id, row] as const]))]),
          turns: new Map([...state.turns, ...touched.map(({ id }) => [id, turn] as const)]),
          ...goneAfter(touched, aside),
          assignees: withAssigned(assigned),
        })
      }
      if (!more) return true
    }
    // Too far behind to catch up: from the next question on, everything before it may have been touched.
    put({ ...state, epoch: null })
    return false
  }

  /** The first answer, or another history after a restore. */
  function begin(epoch: string, seq: number): void {
    // The same history cannot grow shorter. Where a server says so, what was read before counts for nothing until the log is longer again.
    sinceSeq = epoch === state.epoch ? state.seq + 1 : seq
    put({ epoch, seq, touched: new Map(), rows: new Map(), turns: new Map(), gone: noneOf(state.gone), aside: noneOf(state.aside), assignees: state.assignees.size === 0 ? state.assignees : new Map() })
  }

  /** What was touched and has no row is not there; what is there again came back with a restore, or counts again. */
  function goneAfter(touched: FreshResponse['touched'], setAside: readonly EntryId[]): Pick<FreshState, 'gone' | 'aside'> {
    const [gone, aside] = [new Set(state.gone), new Set(state.aside)]
    for (const one of touched) {
      set(gone, one.id, one.row === null)
      set(aside, one.id, one.row === null && one.aside === true)
    }
    for (const id of setAside) for (const one of [gone, aside]) one.add(id)
    return { gone: asBefore(state.gone, gone), aside: asBefore(state.aside, aside) }
  }

  /** The same map where nothing was given: who draws by it is not drawn again. */
  function withAssigned(entries: readonly Assigned[]): FreshState['assignees'] {
    return entries.length === 0 ? state.assignees : new Map([...state.assignees, ...entries.map(({ id, assignee }) => [id, assignee] as const)])
  }

  return {
    get: () => state,
    subscribe: changes.subscribe,
    onAnswer: answers.subscribe,
    isAway: away, isBetween: between, isMissing: missing,
    check: () => {
      checking ??= ask().finally(() => {
        checking = null
      }).then((isAnswered) => {
        if (isAnswered) answers.tell()
        return isAnswered
      })
      return checking
    },
    erased: (id) => put({ ...state, gone: new Set([...state.gone, id]), aside: asBefore(state.aside, new Set([...state.aside].filter((one) => one !== id))) }),
    assigned: (entries) => put({ ...state, assignees: withAssigned(entries) }),
    turn: nextTurn,
    asOf: () => (state.epoch === null ? null : { epoch: state.epoch, seq: state.seq }),
    mayBeTouched: (id, after) => after === null || after.epoch !== state.epoch || after.seq < sinceSeq || (state.touched.get(id) ?? -1) > after.seq,
  }
}

function set(ids: Set<EntryId>, id: EntryId, isIn: boolean): void {
  if (isIn) ids.add(id)
  else ids.delete(id)
}

/** The same set where it holds the same: who draws by it is not drawn again. */
function asBefore(before: ReadonlySet<EntryId>, now: ReadonlySet<EntryId>): ReadonlySet<EntryId> {
  return before.size === now.size && [...now].every((id) => before.has(id)) ? before : now
}

function noneOf(ids: ReadonlySet<EntryId>): ReadonlySet<EntryId> {
  return ids.size === 0 ? ids : new Set()
}
