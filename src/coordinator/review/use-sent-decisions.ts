import { useCallback, useEffect, useState } from 'react'
import type { Device } from '#device/device.ts'
import type { SentDecision } from '#device/held-decisions.ts'
import type { KeptWriting } from '#device/kept-writing.ts'
import type { Watch } from '#device/watch.ts'
import type { ChangeId } from '#domain/ids.ts'
import { useWatch } from '#coordinator/use-watch.ts'

const unread: Watch<readonly SentDecision[]> = { get: () => undefined, subscribe: () => () => undefined }

/** Undefined before they were read. */
export function useSentDecisions(device: Pick<Device, 'openWriting'>): { readonly sent: readonly SentDecision[] | undefined; readonly seen: (ids: readonly ChangeId[]) => void } {
  const [kept, setKept] = useState<KeptWriting | null>(null)
  useEffect(() => {
    let isLeft = false
    // Where its code cannot be loaded nothing is told at this start, and it is at the next one.
    void device.openWriting().then((opened) => (isLeft ? undefined : setKept(opened)), () => undefined)
    return () => {
      isLeft = true
    }
  }, [device])
  const sent = useWatch(kept?.sentDecisions ?? unread)
  const seen = useCallback((ids: readonly ChangeId[]) => void kept?.seen(ids).catch(() => undefined), [kept])
  return { sent, seen }
}

/** Calls with them once they have been read from the disk and whenever they become others, until the returned function is called; with none where nobody can read them. */
export function onSentDecisions(device: Pick<Device, 'openWriting'>, call: (sent: readonly SentDecision[]) => void): () => void {
  let stop: (() => void) | null = null
  let isLeft = false
  // Where its code cannot be loaded the disk refuses a second decision all the same.
  void device.openWriting().then(({ sentDecisions }) => {
    if (isLeft) return
    const tell = (): void => {
      const sent = sentDecisions.get()
      if (sent !== undefined) call(sent)
    }
    stop = sentDecisions.subscribe(tell)
    tell()
  }, () => (isLeft ? undefined : call([])))
  return () => {
    isLeft = true
    stop?.()
  }
}
