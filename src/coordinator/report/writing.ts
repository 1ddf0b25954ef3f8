import type { KeptPart } from '#device/kept-writing.ts'
import type { DraftSettings } from '#protocol/written-report.ts'
import { createSharedDraft } from '#coordinator/report/shared-draft.ts'
import type { SharedDraft } from '#coordinator/report/shared-draft.ts'
import { createTyping } from '#coordinator/report/typing.ts'
import type { Typing } from '#coordinator/report/typing.ts'
import { shownParts } from '#coordinator/report/writing-state.ts'
import type { Seen, Writing, WritingGround, WritingState } from '#coordinator/report/writing-state.ts'

const lookEveryMs = 30_000

/** What several coordinators write together: the server's draft with what is typed here laid over it. */
export function createWriting(ground: WritingGround): Writing {
  const listeners = new Set<() => void>()
  let state: WritingState | null = null
  const tell = () => {
    state = null
    for (const listener of [...listeners]) listener()
  }
  const after = createAfter(ground.every)
  const draft = createSharedDraft({ ...ground, after }, tell)
  const typing = createTyping({ ...ground, draft, after, tell })
  const sendStuck = () => [...typing.works.values()].forEach((work) => {
    if (work.problem !== null && work.problem.kind !== 'refused') void typing.send(work)
  })
  whenOnlineAgain(ground.sync, sendStuck)
  ground.every(lookEveryMs, () => {
    sendStuck()
    if (listeners.size > 0 && ground.isVisible()) void draft.reload()
  })
  void takeUp(draft, typing).then(tell)
  return {
    ...acts(ground, draft, typing),
    get: () => (state ??= { ...draft.get(), parts: shownParts(typing.works, draft.rows) }),
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    reload: async () => void (await draft.reload()),
    tookSettings: draft.tookSettings,
    speak: draft.speak,
  }
}

function acts(ground: WritingGround, draft: SharedDraft, typing: Typing): Pick<Writing, 'add' | 'edit' | 'leave' | 'settle' | 'remove' | 'seen' | 'asSeen'> {
  const { works, begin, schedule, send, settled } = typing
  const versions = (): Seen['parts'] => [...draft.rows.values()].map(({ part, version }) => ({ id: part.id, version }))
  const isOwn = (id: string) => draft.rows.get(id)?.by?.id === ground.me.id
  const asSeen = ({ parts, ...days }: Seen): Seen => ({ ...days, parts: [...parts.filter(({ id }) => !isOwn(id)), ...versions().filter(({ id }) => isOwn(id))] })
  return {
    seen: () => ({ ...daysSeen(draft.get().draft?.settings), parts: versions() }),
    asSeen,
    add: (part, place) => schedule(begin({ part, place, was: 0 })),
    edit: (id, change) => {
      const row = draft.rows.get(id)
      const work = works.get(id) ?? (row === undefined ? null : begin({ part: row.part, place: row.place, was: row.version }))
      if (work === null) return
      work.one = { ...work.one, ...change }
      if (work.problem?.kind === 'refused') work.problem = null
      schedule(work)
    },
    leave: () => works.forEach((work) => void send(work)),
    settle: (id, pick) => {
      const work = works.get(id)
      if (work?.theirs === undefined) return
      const { theirs, one } = work
      delete work.theirs
      if (pick === 'theirs') return settled(work)
      if (theirs !== null) {
        work.one = { ...one, was: theirs.version }
        return void send(work)
      }
      // What was taken out does not come back under its old id.
      settled(work)
      schedule(begin({ ...one, part: { ...one.part, id: ground.newPartId() }, was: 0 }))
    },
    remove: async (id, seen) => {
      const work = works.get(id)
      if (draft.rows.has(id)) {
        const answer = await ground.api.removeReportPart(id, asSeen(seen).parts.find((one) => one.id === id)?.version ?? 0)
        if (!answer.ok && answer.problem.code === 'precondition-failed') await draft.reload()
        if (!answer.ok) return answer.problem
        draft.lost(id)
      }
      if (work !== undefined) settled(work)
      return null
    },
  }
}

/** What was typed before this page was closed stands there again, and goes out. */
async function takeUp(draft: SharedDraft, { disk, works, begin, send }: Typing): Promise<void> {
  const [left] = await Promise.all([disk().then((open) => open.read()).catch((): readonly KeptPart[] => []), draft.reload()])
  for (const one of left) if (!works.has(one.part.id)) void send(begin(one, true))
}

function whenOnlineAgain(sync: WritingGround['sync'], run: () => void): void {
  let wasOnline = true
  sync.subscribe(() => {
    const isOnline = sync.get()?.online ?? true
    if (isOnline && !wasOnline) run()
    wasOnline = isOnline
  })
}

/** Once, after a while, unless it was ended before. */
function createAfter(every: WritingGround['every']): (ms: number, run: () => void) => () => void {
  return (ms, run) => {
    let isOver = false
    const end = () => {
      if (!isOver) stop()
      isOver = true
    }
    const stop = every(ms, () => {
      if (isOver) return
      end()
      run()
    })
    return end
  }
}

function daysSeen(settings: DraftSettings | undefined): Pick<Seen, 'settings' | 'days'> {
  return settings === undefined ? { settings: 0 } : { settings: settings.version, days: { from: settings.from, to: settings.to } }
}
