import type { EntryId } from '#domain/ids.ts'
import { seededChance } from '../support/seeded.ts'
import { commentOn, decideOn, eraseOwnEntry, releaseOne, reviseEntry, saveEntry, withdrawEntry } from './acts.ts'
import type { ActGround } from './acts.ts'
import { checkPhone } from './checks.ts'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import { lookAt } from './looking.ts'
import { Notes } from './notes.ts'
import type { Pages } from './pages.ts'
import { happenRarely } from './rare.ts'
import { SimPhone } from './sim-phone.ts'
import { SimServer } from './sim-server.ts'
import { SimTime } from './sim-time.ts'
import { Wire } from './wire.ts'
import type { Message } from './wire.ts'

const roles = ['volunteer', 'volunteer', 'volunteer', 'coordinator', 'coordinator'] as const
/** One made-up life of five phones and a server, all of it drawn from the seed. */
export class History {
  readonly notes = new Notes()
  readonly wire = new Wire()
  readonly time: SimTime
  readonly phones: SimPhone[] = []
  readonly server: SimServer
  readonly pages: Pages
  readonly dice: Dice
  /** What happened, for whoever reads a violation. */
  readonly told: string[] = []
  readonly #acts: ActGround
  readonly #failures: unknown[] = []
  #texts = 0

  private constructor(seed: number, { time, server, pages }: Pick<History, 'time' | 'server' | 'pages'>) {
    this.dice = createDice(seed)
    this.time = time
    this.server = server
    this.pages = pages
    this.#acts = { dice: this.dice, chance: seededChance(`acts ${seed}`), clock: this.time, notes: this.notes, nextText: (about) => `${about} ${(this.#texts += 1)} of ${seed}` }
    pages.watchedBy((name) => (this.phones.some((phone) => phone.databaseName === name && phone.isDeadNow()) ? 'dead' : 'alive'))
  }

  static async begin(seed: number, pages: Pages): Promise<History> {
    const time = new SimTime()
    const server = await SimServer.start({ clock: time, chance: seededChance(`server ${seed}`) })
    const history = new History(seed, { time, server, pages })
    for (const [index, role] of roles.entries()) await history.#join(`${'ABCDE'[index] ?? ''} (${role})`, role)
    return history
  }

  /** In each step somebody does something, or something breaks; between two steps the network moves a little, or not at all. */
  async steps(count: number): Promise<void> {
    for (let step = 0; step < count; step += 1) {
      await this.#happen()
      await this.#rest()
      for (let moves = this.dice.below(5); moves > 0; moves -= 1) {
        await this.#move()
        await this.#rest()
      }
    }
  }

  /** Everything that went wrong outside of what is checked. */
  get failures(): readonly unknown[] {
    return this.#failures
  }

  /** The faults end: phones that are left come back and the network works, for as long as three times the longest wait. */
  async comeToRest(): Promise<void> {
    this.told.push('-- the faults end')
    this.server.crashes.passing = null
    for (let round = 0; round < 4; round += 1) {
      for (const phone of this.living) {
        // A kill that was on its way when the faults ended would else leave a phone half through its last walk.
        phone.killIn = null
        phone.setOnline(true)
        if (!phone.isOpen) await phone.open()
        void this.run(phone, async () => void (await phone.device?.flush()))
      }
      await this.#drain()
      if (await this.#isAtRest()) return
      this.time.advance(11 * 60_000)
      await this.#drain()
    }
  }

  /** Nothing waits anywhere, and everybody has read the log to its end. */
  async #isAtRest(): Promise<boolean> {
    const head = await this.server.store.changes.headSeq(this.server.campaign.id)
    const looks = await Promise.all(this.living.map((phone) => lookAt(phone)))
    return looks.every(({ pull, pendingChanges, pendingFiles }) => pendingChanges + pendingFiles === 0 && pull?.epoch === this.server.epoch && pull.after === head)
  }

  get living(): readonly SimPhone[] {
    return this.phones.filter(({ isLost }) => !isLost)
  }

  async close(): Promise<void> {
    for (const phone of this.phones) await phone.throwAway()
    this.pages.watchedBy(() => 'alive')
    await this.server.close()
  }

  async #happen(): Promise<void> {
    const roll = this.dice.below(100)
    if (roll < 58) return this.#act()
    if (roll < 70) return this.#letTimePass()
    if (roll < 79) return this.#breakPhone()
    if (roll < 86) return this.#breakServer()
    if (roll < 94) return this.#openSomething()
    return happenRarely(this)
  }

  #move(): Promise<void> | void {
    const roll = this.dice.below(100)
    if (roll < 47) return this.#deliver()
    if (roll < 90) return this.#giveBack()
    return this.#breakNetwork()
  }

  /** One request reaches the server, or two at the same moment, or an old one that everybody has forgotten. */
  async #deliver(): Promise<void> {
    const { wire, dice } = this
    if (wire.strays.length > 0 && dice.isOneIn(8)) {
      const [stray] = wire.strays.splice(dice.below(wire.strays.length), 1)
      if (stray !== undefined) await this.#arrive(stray)
      return
    }
    const together = dice.isOneIn(4) ? 2 : 1
    const arriving = Array.from({ length: Math.min(together, wire.toServer.length) }, () => wire.toServer.splice(dice.below(wire.toServer.length), 1)).flat()
    if (arriving.length === 0) return
    // Uploads come alone: the order in which a disk answers is not ours to draw.
    const isUpload = arriving.some(({ request }) => /\/(?:files|import)\b/.test(request.url))
    if (isUpload) for (const message of arriving) await this.#arrive(message)
    else await Promise.all(arriving.map((message) => this.#arrive(message)))
    // The network has sent it twice.
    const [first] = arriving
    if (first !== undefined && dice.isOneIn(12)) await this.#arrive(first)
  }

  async #arrive(message: Message): Promise<void> {
    const { wire, server } = this
    const { request, sender } = message
    const isRefused = wire.refused !== null && request.url.endsWith('/sync') && String(request.payload).includes(wire.refused)
    const answer = isRefused ? { status: 413, headers: { 'content-type': 'text/html' }, body: '<h1>Too large</h1>' } : await server.answer(request, sender.address)
    this.told.push(`   ${sender.address} ${request.method} ${request.url.slice(0,40)} -> ${answer?.status ?? 'down'} ${answer !== null && answer.status >= 400 ? answer.body.slice(0, 200) : ''}`)
    if (!sender.isAlive()) return
    if (answer === null) message.fail()
    else wire.toPhones.push({ message, answer })
  }

  async #giveBack(): Promise<void> {
    const { wire, dice } = this
    const [returning] = wire.toPhones.splice(dice.below(wire.toPhones.length), 1)
    if (returning === undefined) return
    wire.giveBack(returning)
    await this.pages.settled()
  }

  #act(): void {
    const phone = this.anyPhone(({ isOpen }) => isOpen)
    if (phone === null) return
    const { dice } = this
    void this.run(phone, async (device) => {
      if (dice.isOneIn(4)) return device.syncNow()
      if (phone.role === 'coordinator' && !dice.isOneIn(6)) return this.#judge(phone)
      return this.#write(phone)
    })
  }

  async #write(phone: SimPhone): Promise<void> {
    const { dice } = this
    const device = dice.pick(phone.windows as [NonNullable<SimPhone['device']>])
    const own = this.notes.confirmed.filter(({ by, type }) => type === 'record' && by.split('*')[0] === phone.name.split('*')[0]).map(({ entryId }) => entryId)
    const entry = own[own.length - 1 - dice.below(Math.min(4, own.length))]
    const actor = { phone, device }
    if (entry === undefined || dice.isOneIn(3)) {
      // Most of all it is in the middle of a save that a browser must be able to die.
      if (dice.isOneIn(8)) phone.killIn = 1 + dice.below(14)
      return saveEntry(this.#acts, actor)
    }
    if (dice.isOneIn(4)) return commentOn(this.#acts, actor, entry)
    if (dice.isOneIn(12)) return withdrawEntry(this.#acts, actor, entry)
    if (dice.isOneIn(12)) return eraseOwnEntry(this.#acts, actor, entry)
    return reviseEntry(this.#acts, actor, entry)
  }

  async #judge(phone: SimPhone): Promise<void> {
    const { device } = phone
    const entry = this.anyEntry()
    if (device === null || entry === null) return
    if (this.dice.isOneIn(12)) return releaseOne(this.#acts, { phone, device })
    await decideOn(this.#acts, { phone, device }, entry)
  }

  #letTimePass(): void {
    const ms = this.dice.pick([1000, 3000, 10_000, 60_000, 700_000, 3_700_000])
    this.told.push(`${ms / 1000} s pass`)
    this.time.advance(ms)
  }

  /** A request is lost, or an answer; a phone gives up on one that still travels; or something on the way answers in the server's place. */
  #breakNetwork(): void {
    const { wire, dice } = this
    const kind = dice.pick(['lost', 'answer', 'given-up', 'portal', 'offline'])
    this.told.push(`network: ${kind}`)
    if (kind === 'answer') return wire.toPhones.splice(dice.below(wire.toPhones.length), 1)[0]?.message.fail()
    if (kind === 'offline') return this.anyPhone(() => true)?.setOnline(dice.isOneIn(2))
    const [message] = wire.toServer.splice(dice.below(wire.toServer.length), 1)
    if (message === undefined) return
    if (kind === 'given-up') wire.strays.push(message)
    if (kind === 'portal') return wire.toPhones.push({ message, answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome to our network</h1>' } }) as unknown as undefined
    message.fail()
  }

  async #breakPhone(): Promise<void> {
    const phone = this.anyPhone(({ isOpen }) => isOpen)
    if (phone === null) return
    const kind = this.dice.pick(['kill', 'kill', 'kill', 'session', 'clock', 'window'])
    this.told.push(`${phone.name}: ${kind}`)
    if (kind === 'kill') phone.killIn = 1 + this.dice.below(40)
    else if (kind === 'session') phone.forgetSession()
    else if (kind === 'clock') phone.jumpClock((this.dice.below(3) - 1) * this.dice.pick([5000, 3_600_000, 86_400_000 * 400]))
    else await this.run(phone, () => phone.openWindow())
  }

  async #breakServer(): Promise<void> {
    const { server, dice } = this
    if (dice.isOneIn(3)) return server.restart()
    if (dice.isOneIn(3)) return server.backUp()
    server.crashes.passing = dice.below(30)
  }

  async #openSomething(): Promise<void> {
    const phone = this.anyPhone(({ isOpen }) => !isOpen)
    if (phone === null) return
    this.told.push(`${phone.name}: opened`)
    await this.run(phone, () => phone.open())
  }

  async #join(name: string, role: SimPhone['role']): Promise<void> {
    const phone = new SimPhone(this, { name, role })
    this.phones.push(phone)
    const device = await phone.open()
    const joined = device.join({ invite: await this.server.invite(role), name, language: 'en' })
    await this.#drain()
    if (!(await joined).ok) throw new Error(`${name} could not join`)
    await this.#drain()
  }

  /** After each step: whoever died is seen to, everybody comes to rest, and what one phone shows is held against what is so. */
  async #rest(): Promise<void> {
    await this.pages.settled()
    if (this.server.crashes.isDown) {
      await this.server.restart()
      // What a dead process held (an upload) is given up by the others after a while.
      this.time.advance(31_000)
      await this.pages.settled()
    }
    if (!this.server.crashes.isDown) await this.server.look()
    // Not after each: reading a whole phone costs more than what it does in a step.
    const phone = this.dice.isOneIn(10) ? this.anyPhone(() => true) : null
    if (phone !== null) await checkPhone(this, phone)
  }

  async #drain(): Promise<void> {
    await this.pages.settled()
    for (let turn = 0; turn < 2000 && !this.wire.isQuiet; turn += 1) {
      const [message] = this.wire.toServer.splice(0, 1)
      if (message !== undefined) await this.#arrive(message)
      const [returning] = this.wire.toPhones.splice(0, 1)
      if (returning !== undefined) this.wire.giveBack(returning)
      await this.pages.settled()
    }
  }

  /** Something that goes on beside the history. A page that dies over it leaves it unfinished; whatever else fails is told. */
  async run(phone: SimPhone, act: (device: NonNullable<SimPhone['device']>) => Promise<unknown>): Promise<void> {
    const { device } = phone
    try {
      await act(device as NonNullable<SimPhone['device']>)
    } catch (error) {
      if (phone.isOpen && phone.device === device) this.#failures.push(error)
    }
  }

  anyPhone(which: (phone: SimPhone) => boolean): SimPhone | null {
    const able = this.living.filter(which)
    const [first, ...rest] = able
    return first === undefined ? null : this.dice.pick([first, ...rest])
  }

  anyEntry(): EntryId | null {
    const records = this.notes.confirmed.filter(({ type, entryId }) => type === 'record' && !this.notes.erased.has(entryId))
    const near = records.slice(-6)
    const [first, ...rest] = near
    return first === undefined ? null : this.dice.pick([first, ...rest]).entryId
  }
}
