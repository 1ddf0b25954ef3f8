import { describe, expect, it } from 'vitest'
import { checkEveryMs, createUpdates } from '#app/update.ts'
import type { WorkerRegistration } from '#app/worker-registration.ts'

describe('new versions', () => {
  it('[AP8] the first install is not a new version: Terrain says once that it opens offline now', () => {
    const { updates, fire, log } = aPage({ isControlled: false })
    fire('controlling')
    expect(updates.news.get()).toBe('offlineReady')
    updates.dismiss()
    expect(updates.news.get()).toBe('none')
    expect(log).toEqual([])
  })

  it('[AP8] a new version waits for a tap, takes over, and the page is loaded again once', () => {
    const { updates, fire, log } = aPage({ isControlled: true })
    fire('waiting')
    expect(updates.news.get()).toBe('waiting')
    expect(log).toEqual([])
    updates.accept()
    expect(log).toEqual(['skip waiting'])
    fire('controlling')
    fire('controlling')
    expect(log).toEqual(['skip waiting', 'reload'])
  })

  it('[AP8] taps after the first change nothing', () => {
    const { updates, fire, log } = aPage({ isControlled: true })
    fire('waiting')
    updates.accept()
    updates.accept()
    updates.dismiss()
    fire('waiting')
    expect(updates.news.get()).toBe('accepted')
    expect(log).toEqual(['skip waiting'])
  })

  it('[AP8] a version that another tab took is not loaded without a tap here', () => {
    const { updates, fire, log } = aPage({ isControlled: true })
    fire('controlling')
    expect(updates.news.get()).toBe('taken')
    expect(log).toEqual([])
    updates.accept()
    expect(log).toEqual(['reload'])
  })

  it('[AP721] it is loaded with another tap where the browser asked at the first one and somebody stayed', () => {
    const { updates, fire, log } = aPage({ isControlled: true })
    fire('controlling')
    updates.accept()
    expect(updates.news.get()).toBe('taken')
    updates.accept()
    expect(log).toEqual(['reload', 'reload'])
  })

  it('[AP8] a version that was put off is offered again when a still newer one is found', () => {
    const { updates, fire } = aPage({ isControlled: true })
    fire('waiting')
    updates.dismiss()
    expect(updates.news.get()).toBe('none')
    fire('waiting')
    expect(updates.news.get()).toBe('waiting')
  })

  it('[AP8] it looks for a new version every hour, with a connection only, and a failed look is no failure', async () => {
    let isOnline = false
    const { hour, log } = aPage({ isControlled: true, isOnline: () => isOnline, updateFails: true })
    hour()
    expect(log).toEqual([])
    isOnline = true
    hour()
    await Promise.resolve()
    expect(log).toEqual(['look'])
  })
})

function aPage({ isControlled, isOnline = () => true, updateFails = false }: { readonly isControlled: boolean; readonly isOnline?: () => boolean; readonly updateFails?: boolean }) {
  const log: string[] = []
  const listeners = new Map<string, () => void>()
  let hour = () => undefined as void
  const worker: WorkerRegistration = {
    onWaiting: (call) => void listeners.set('waiting', call),
    onControlling: (call) => void listeners.set('controlling', call),
    skipWaiting: () => void log.push('skip waiting'),
    update: () => {
      log.push('look')
      return updateFails ? Promise.reject(new TypeError('no server')) : Promise.resolve()
    },
  }
  const updates = createUpdates({
    worker,
    isControlled,
    isOnline,
    every: (ms, run) => {
      expect(ms).toBe(checkEveryMs)
      hour = run
    },
    reload: () => void log.push('reload'),
  })
  return { updates, log, fire: (type: string) => listeners.get(type)?.(), hour: () => hour() }
}
