import { useEffect, useSyncExternalStore } from 'react'
import type { Device } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import type { FreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import { forgetBegun } from '#coordinator/review/begun.ts'
import { begunWords, entryOf } from '#coordinator/review/begun-words.ts'
import type { BegunWords } from '#coordinator/review/begun-words.ts'
import { hasWritten } from '#coordinator/review/judgement.ts'
import type { Judgements, KeptJudgement } from '#coordinator/review/judgements.ts'

interface KeptGround {
  readonly device: Device
  readonly fresh: FreshWatch
  readonly judgements: Judgements
}

/** A disk that takes longer than this keeps nobody from reading. */
const longestMs = 2000

/** What is begun at entries is on the disk of this device: a desk that was closed or has crashed finds it there, all windows of it have it, and it goes with its entry. */
export function useKeptBegun({ device, fresh, judgements }: KeptGround): void {
  useEffect(() => {
    const words = begunWords(device)
    const leave = bindJudgements(words, judgements)
    let stop: (() => void) | null = null
    let isLeft = false
    const timer = setTimeout(words.giveUpReading, longestMs)
    // Where its code cannot be loaded nothing is kept, and the browser asks before the desk is closed.
    void device.openWriting().then((disk) => {
      if (!isLeft) stop = words.follow(disk)
    }, words.giveUpReading)
    return () => {
      isLeft = true
      clearTimeout(timer)
      leave()
      stop?.()
    }
  }, [device, judgements])
  useEffect(() => forgetErased(device, { fresh, judgements }), [device, fresh, judgements])
}

/** Whether it is known what was begun before: an entry that is shown sooner would open without it. */
export function useIsBegunRead(device: Device): boolean {
  const words = begunWords(device)
  return useSyncExternalStore(words.subscribe, words.isRead)
}

/** A reason and questions that were written; a verdict alone is quickly chosen again. */
function bindJudgements(words: BegunWords, judgements: Judgements): () => void {
  let before = judgements.get()
  const look = (): void => {
    const [now, last] = [judgements.get(), before]
    before = now
    for (const id of new Set([...last.keys(), ...now.keys()])) {
      const one = now.get(id)
      const on = onJudgement(id)
      if (one === last.get(id) || one === words.values.get(on)) continue
      if (hasWritten(one?.judgement)) words.put(on, one)
      else words.drop(on)
    }
  }
  const restore = (on: string, value: unknown): void => {
    const id = entryOf(on)
    if (id === null || on !== onJudgement(id)) return
    if (value === undefined) judgements.forget([id])
    else judgements.keep(id, value as KeptJudgement)
  }
  for (const [on, value] of words.values) restore(on, value)
  const stops = [judgements.subscribe(look), words.onReplaced(restore)]
  return () => stops.forEach((stop) => stop())
}

export const onJudgement = (id: EntryId): string => `judgement ${id}`

/** While the desk is open it hears what is erased; of what was begun before it was opened it asks. */
function forgetErased(device: Device, { fresh, judgements }: Omit<KeptGround, 'device'>): () => void {
  const words = begunWords(device)
  const asked = new Set<EntryId>()
  const forget = (id: EntryId): void => {
    forgetBegun(device, id)
    if (judgements.get().has(id)) judgements.forget([id])
  }
  const look = (): void => {
    const { gone, aside } = fresh.get()
    for (const id of gone) if (!aside.has(id)) forget(id)
  }
  const ask = async (): Promise<void> => {
    for (const on of [...words.values.keys()]) {
      const id = entryOf(on)
      if (id === null || !words.wasKept(on) || asked.has(id)) continue
      asked.add(id)
      const answer = await device.api.audit({ type: 'erase', entry: id }, null)
      if (!answer.ok) asked.delete(id)
      else if (answer.value.lines.some(({ setAside }) => setAside === null)) forget(id)
    }
  }
  const stops = [fresh.subscribe(look), fresh.onAnswer(() => void ask())]
  return () => stops.forEach((stop) => stop())
}
