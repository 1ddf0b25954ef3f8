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

/** Calls with them as they stand on the disk, now and whenever they become others, until the returned function is called. */
export function onSentDecisions(device: Pick<Device, 'openWriting'>, call: (sent: readonly SentDecision[]) => void): () => void {
  let stop: (() => void) | null = null
  let isLeft = false
  // Where its code cannot be loaded the disk refuses a second decision all the same.
  void device.openWriting().then(({ sentDecisions }) => {
    if (isLeft) return
    const tell = (): void => call(sentDecisions.get() ?? [])
    stop = sentDecisions.subscribe(tell)
    tell()
  }, () => undefined)
  return () => {
    isLeft = true
    stop?.()
  }
}
