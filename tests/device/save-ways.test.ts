import { afterEach, describe, expect, it, vi } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, savedChallenge } from '../support/phone.ts'

afterEach(() => vi.restoreAllMocks())

describe('the ways of a save to the disk', () => {
  it('[DS121] a save asks for all that it reads at once, and then writes all at once', async () => {
    const { device } = await joinedPhone()
    // The first one asks when the newest was saved, which is kept from then on.
    await savedChallenge(device)
    const draft = await device.createDraft('challenge')
    await device.writeDraft(draft.id, { fields: { ...aChallenge() } })
    const ways = countWays()
    expect((await device.saveDraft(draft.id)).ok).toBe(true)
    expect(ways()).toEqual([
      ['get drafts', 'getAll files', 'get meta', 'get meta', 'get meta', 'get meta', 'getAll changes'],
      ['add changes', 'put meta', 'put meta', 'put entries', 'delete drafts'],
    ])
    device.close()
  })

  it('[DS121] a photo that stays goes along with the writes', async () => {
    const { device } = await joinedPhone()
    await savedChallenge(device)
    const draft = await device.createDraft('challenge')
    await device.writeDraft(draft.id, { fields: { ...aChallenge({ consentPhoto: true }) } })
    expect((await device.addPhoto(draft.id, onePixelPhoto())).ok).toBe(true)
    const ways = countWays()
    expect((await device.saveDraft(draft.id)).ok).toBe(true)
    expect(ways().map((way) => way.length)).toEqual([7, 7])
    device.close()
  })
})

/** The requests of writing transactions over the bytes of files, of which a save is one, by what was asked without waiting for an answer. */
function countWays(): () => readonly (readonly string[])[] {
  const ways: string[][] = []
  let isAnswered = true
  const note = (store: IDBObjectStore, method: string, request: IDBRequest): IDBRequest => {
    if (store.transaction.mode !== 'readwrite' || !store.transaction.objectStoreNames.contains('fileChunks')) return request
    if (isAnswered) ways.push([])
    isAnswered = false
    ways.at(-1)?.push(`${method} ${store.name}`)
    request.addEventListener('success', () => {
      isAnswered = true
    })
    return request
  }
  const methods = ['get', 'getAll', 'getAllKeys', 'getKey', 'count', 'openCursor', 'put', 'add', 'delete'] as const
  for (const proto of [IDBObjectStore.prototype, IDBIndex.prototype]) {
    for (const method of methods) {
      const real: unknown = Reflect.get(proto, method)
      if (typeof real !== 'function') continue
      vi.spyOn(proto as IDBObjectStore, method).mockImplementation(function (this: IDBObjectStore | IDBIndex, ...about: unknown[]) {
        return note('objectStore' in this ? this.objectStore : this, method, Reflect.apply(real, this, about) as IDBRequest) as never
      })
    }
  }
  return () => ways
}
