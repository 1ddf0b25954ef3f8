import { ScriptDevice } from '../../demo/script-device.ts'
import type { Send } from '../../demo/script-device.ts'
import { seededChance } from '../support/seeded.ts'
import { handedOver } from './acts.ts'
import { forgiveWhatIsGone } from './forgiving.ts'
import type { History } from './history.ts'
import type { SimPhone } from './sim-phone.ts'

/** Copies of phones beyond the five. */
const maxPhones = 7

/** What happens once in a year. */
export async function happenRarely(history: History): Promise<void> {
  const { dice, server, notes } = history
  const phone = history.anyPhone(() => true)
  if (phone === null) return
  const kind = dice.pick(['copy', 'snapshot', 'snapshot', 'set-back', 'set-back', 'lost', 'restore', 'courier', 'courier', 'poison', 'erase'])
  history.told.push(`${phone.name}: ${kind}`)
  switch (kind) {
    case 'copy':
      if (history.phones.length < maxPhones) history.phones.push(await phone.copy(`${phone.name}*${history.phones.length}`))
      return
    case 'snapshot':
      return phone.keepSnapshot()
    case 'set-back':
      notes.forgetCursors(phone.databaseName)
      await phone.setBack()
      return forgiveWhatIsGone(history)
    case 'lost':
      return dice.isOneIn(3) ? lose(history, phone) : undefined
    case 'restore':
      if (!(await server.loseAndRestore())) return
      return forgiveWhatIsGone(history)
    case 'courier':
      return carryFrom(history, phone)
    case 'poison':
      return poison(history)
    case 'erase':
      return erase(history)
  }
}

async function lose(history: History, phone: SimPhone): Promise<void> {
  if (history.living.length < 4) return
  phone.isLost = true
  await phone.throwAway()
  await forgiveWhatIsGone(history)
}

function carryFrom(history: History, from: SimPhone): void {
  const by = history.anyPhone((other) => other.isOpen && other !== from)
  const [author, carrier] = [from.device, by?.device]
  if (by === null || author === null || carrier === null || carrier === undefined) return
  // Taken along until there is a connection, or brought at once.
  const isTakenAlong = history.dice.isOneIn(2)
  void history.run(from, async () => {
    const file = await handedOver({ device: author })
    if (by.isOpen && by.device === carrier) await history.run(by, () => (isTakenAlong ? carrier.carry(file) : carrier.api.importSealed(file, () => undefined)))
  })
}

function poison({ notes, dice, wire }: History): void {
  const chosen = notes.confirmed.at(-1 - dice.below(3))
  const words = Object.values(chosen?.holds ?? {}).find((value) => typeof value === 'string' && value.includes(' of '))
  if (typeof words === 'string') wire.refused = words
}

/** A coordinator takes an entry out of the world, from a desk that has no other part in this. */
async function erase(history: History): Promise<void> {
  const { server, time, notes, dice } = history
  const entry = history.anyEntry()
  if (entry === null || !dice.isOneIn(2)) return
  await server.restart()
  const send: Send = async (url, { method, headers, body }) => {
    const answer = await server.answer({ method, url, headers, ...(body === undefined ? {} : { payload: body }) }, '10.0.1.1')
    return { status: answer?.status ?? 0, text: answer?.body ?? '' }
  }
  const desk = await ScriptDevice.join({ send, clock: time, chance: seededChance(`eraser ${entry}`) }, await server.invite('coordinator'), { name: 'Ruth', language: 'en' })
  const { results } = await desk.push([desk.change('erase', { reason: 'asked by the person' }, { entryId: entry })])
  if (results[0]?.status === 'stored') notes.erased.add(entry)
}
