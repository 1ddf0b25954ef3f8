import type { EntryId } from '#domain/ids.ts'
import { eraseExpired } from '#server/jobs/retention.ts'
import { seededChance } from '../support/seeded.ts'
import { commentOn, decideOn, eraseOwnEntry, reviseEntry, saveEntry, withdrawEntry } from './acts.ts'
import type { ActGround } from './acts.ts'
import type { Checked } from './checked.ts'
import { checkPhone } from './checks.ts'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import { finalChecks } from './final-checks.ts'
import { forgiveWhatIsGone } from './forgiving.ts'
import { lookAt } from './looking.ts'
import { Notes } from './notes.ts'
import type { Pages } from './pages.ts'
import { SimPhone } from './sim-phone.ts'
import { SimServer } from './sim-server.ts'
import { SimTime } from './sim-time.ts'
import { Wire } from './wire.ts'
import type { Message } from './wire.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const desks = 2

export interface MonthAbout {
  readonly seed: number
  readonly volunteers: number
  readonly days: number
}

/** What a phone had when it last spoke with the server. */
interface Told {
  readonly deviceId: string
  /** The highest place that it had given. */
  readonly place: number
}

/**
 * Weeks of a campaign: volunteers who come by and by, write most days, have a connection every other day and a clock that may be years wrong; two desks; each night a
 * backup and the server's own rounds; once the server is lost with its disk, and every twentieth phone for good.
 */
export class Month implements Checked {
  readonly notes = new Notes()
  readonly wire = new Wire()
  readonly time: SimTime
  readonly phones: SimPhone[] = []
  readonly server: SimServer
  readonly pages: Pages
  /** Everything that went wrong outside of what is checked. */
  readonly failures: unknown[] = []
  readonly #about: MonthAbout
  readonly #dice: Dice
  readonly #acts: ActGround
  #told: ReadonlyMap<SimPhone, Told> = new Map()
  /** As far as it stands in the backup of the night: what the server heard since is gone with it. */
  #toldByNight: ReadonlyMap<SimPhone, Told> = new Map()
  #texts = 0

  private constructor(about: MonthAbout, { server, pages, time }: Pick<Month, 'server' | 'pages' | 'time'>) {
    this.#about = about
    this.time = time
    this.server = server
    this.pages = pages
    this.#dice = createDice(about.seed)
    this.#acts = { dice: this.#dice, chance: seededChance(`month ${about.seed}`), clock: time, notes: this.notes, nextText: (what) => `${what} ${(this.#texts += 1)} of ${about.seed}` }
    pages.watchedBy((name) => (this.phones.some((phone) => phone.databaseName === name && phone.isDeadNow()) ? 'dead' : 'alive'))
  }

  static async begin(about: MonthAbout, pages: Pages): Promise<Month> {
    const time = new SimTime()
    const server = await SimServer.start({ clock: time, chance: seededChance(`server ${about.seed}`) })
    const month = new Month(about, { server, pages, time })
    for (let desk = 0; desk < desks; desk += 1) await month.#join(`Desk ${desk}`, 'coordinator')
    return month
  }

  get living(): readonly SimPhone[] {
    return this.phones.filter(({ isLost }) => !isLost)
  }

  get lost(): number {
    return this.phones.length - this.living.length
  }

  async live(): Promise<void> {
    const { volunteers, days } = this.#about
    const isLostOn = Math.floor(days * 0.6)
    for (let day = 0; day < days; day += 1) {
      // All of them have come by the middle of it.
      const wanted = Math.min(volunteers, Math.ceil((2 * volunteers * (day + 1)) / days))
      while (this.phones.length - desks < wanted) await this.#join(`Volunteer ${this.phones.length}`, 'volunteer')
      for (const [at, phone] of this.#inAnyOrder(this.living).entries()) {
        if (day === isLostOn && at === Math.floor(this.living.length / 2)) await this.#loseServer()
        await this.#dayOf(phone)
      }
      await this.#night(day)
    }
    await this.#comeToRest()
  }

  /** As after a history; and of a phone that is lost for good the server says up to where its places were made, so that somebody can ask for what is missing. */
  async check(): Promise<void> {
    await finalChecks(this)
    const devices = new Map((await this.server.store.members.devices(this.server.campaign.id)).map((device) => [device.id as string, device] as const))
    for (const [{ name, isLost }, { deviceId, place }] of this.#told) {
      const device = devices.get(deviceId)
      if (isLost && Math.max(device?.highDeviceSeq ?? 0, device?.manifest?.highDeviceSeq ?? 0) < place) this.notes.violate('I7', `${name} is lost, and the server does not know of its places up to ${place}: ${JSON.stringify(device)}`)
    }
  }

  async close(): Promise<void> {
    for (const phone of this.phones) await phone.throwAway()
    this.pages.watchedBy(() => 'alive')
    await this.server.close()
  }

  async #dayOf(phone: SimPhone): Promise<void> {
    const dice = this.#dice
    this.time.advance(dice.below(Math.floor((10 * hourMs) / this.living.length)))
    if (phone.role === 'coordinator') return this.#dayAtTheDesk(phone)
    if (dice.isOneIn(3)) return
    if (dice.isOneIn(this.#about.days * 13)) return this.#lose(phone)
    if (dice.isOneIn(3) && phone.isOpen) phone.kill()
    phone.setOnline(false)
    for (let act = dice.below(5); act > 0; act -= 1) {
      if (!phone.isOpen) await phone.open()
      if (dice.isOneIn(25)) phone.killIn = 1 + dice.below(20)
      // Not waited for: what a killed page was at never comes to an end.
      void this.#run(phone, () => this.#write(phone))
      await this.pages.settled()
    }
    if (dice.isOneIn(2)) await this.#sync(phone, true)
    if (dice.isOneIn(6)) await this.#look(phone)
  }

  async #dayAtTheDesk(phone: SimPhone): Promise<void> {
    await this.#sync(phone, true)
    const { store, campaign } = this.server
    const log = await store.changes.scan(campaign.id, Math.max(0, (await store.changes.headSeq(campaign.id)) - 200), 1000)
    const recent = new Set(log.flatMap(({ type, entryId, erasedAt }) => (type === 'record' && entryId !== null && erasedAt === null ? [entryId] : [])))
    for (const entryId of [...recent].filter(() => this.#dice.isOneIn(3))) {
      const { device } = phone
      if (device === null) break
      void this.#run(phone, () => decideOn(this.#acts, { phone, device }, entryId))
      await this.#drain(false)
    }
    await this.#sync(phone, false)
    await this.#look(phone)
  }

  async #look(phone: SimPhone): Promise<void> {
    await this.server.look()
    await checkPhone(this, phone)
  }

  async #sync(phone: SimPhone, isLossy: boolean): Promise<void> {
    phone.killIn = null
    if (!phone.isOpen) await phone.open()
    phone.setOnline(true)
    let isTold = false
    void this.#run(phone, async () => {
      isTold = (await phone.device?.flush())?.problem === null
    })
    await this.#drain(isLossy)
    const { changes, deviceId } = await lookAt(phone)
    const place = Math.max(0, ...changes.flatMap(({ own, ownSeq }) => (own && ownSeq !== undefined ? [ownSeq] : [])))
    if (isTold && deviceId !== undefined) this.#told = new Map([...this.#told, [phone, { deviceId, place }]])
  }

  async #write(phone: SimPhone): Promise<void> {
    const { device } = phone
    if (device === null) return
    const [dice, actor] = [this.#dice, { phone, device }]
    const own = this.notes.confirmed.filter(({ by, type }) => type === 'record' && by === phone.name).map(({ entryId }) => entryId)
    const entry: EntryId | undefined = own[own.length - 1 - dice.below(Math.min(6, own.length))]
    if (entry === undefined || !dice.isOneIn(3)) return saveEntry(this.#acts, actor)
    if (dice.isOneIn(4)) return commentOn(this.#acts, actor, entry)
    if (dice.isOneIn(15)) return withdrawEntry(this.#acts, actor, entry)
    if (dice.isOneIn(20)) return eraseOwnEntry(this.#acts, actor, entry)
    return reviseEntry(this.#acts, actor, entry)
  }

  async #lose(phone: SimPhone): Promise<void> {
    phone.isLost = true
    await phone.throwAway()
    await forgiveWhatIsGone(this)
  }

  /** In the middle of a day: what came since the night is gone with it, and is on its phones still. */
  async #loseServer(): Promise<void> {
    // What phones go on calling received until they hear of it was there.
    await this.server.look()
    if (!(await this.server.loseAndRestore())) return
    this.#told = this.#toldByNight
    await forgiveWhatIsGone(this)
  }

  /** Nobody is awake but the server, whose process is a new one every third morning. */
  async #night(day: number): Promise<void> {
    for (const phone of this.living) phone.setOnline(false)
    await this.#drain(false)
    this.time.advance(dayMs - (this.time.now() % dayMs) + 2 * hourMs)
    await this.#drain(false)
    await this.server.backUp()
    this.#toldByNight = this.#told
    await eraseExpired(this.server.context)
    await this.server.context.shelf.tidy(this.time.now() - hourMs)
    if (day % 3 === 1) await this.server.restart()
    this.time.advance(5 * hourMs)
    await this.#drain(false)
  }

  async #comeToRest(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      for (const phone of this.living) await this.#sync(phone, false)
      this.time.advance(11 * 60_000)
      await this.#drain(false)
    }
  }

  async #join(name: string, role: SimPhone['role']): Promise<void> {
    const phone = new SimPhone(this, { name, role })
    if (role === 'volunteer' && this.#dice.isOneIn(6)) phone.jumpClock((this.#dice.below(3) - 1) * 400 * dayMs)
    this.phones.push(phone)
    const device = await phone.open()
    const joined = device.join({ invite: await this.server.invite(role), name, language: 'en' })
    await this.#drain(false)
    const answer = await joined
    if (!answer.ok) throw new Error(`${name} could not join: ${JSON.stringify(answer.problem)}`)
    await this.#drain(false)
  }

  /** Until nothing is on its way. On a bad line every fifteenth request gets lost, and every fifteenth answer, and now and then the server dies over one. */
  async #drain(isLossy: boolean): Promise<void> {
    const { crashes } = this.server
    if (isLossy && this.#dice.isOneIn(12)) crashes.passing = this.#dice.below(30)
    await this.#carry(isLossy)
    crashes.passing = null
    if (!crashes.isDown) return
    await this.server.restart()
    await this.#carry(false)
  }

  async #carry(isLossy: boolean): Promise<void> {
    const isLost = (): boolean => isLossy && this.#dice.isOneIn(15)
    await this.pages.settled()
    for (let turn = 0; turn < 5000 && !this.wire.isQuiet; turn += 1) {
      const [message] = this.wire.toServer.splice(0, 1)
      if (message !== undefined) await this.#arrive(message, isLost())
      const [returning] = this.wire.toPhones.splice(0, 1)
      if (returning !== undefined && isLost()) returning.message.fail()
      else if (returning !== undefined) this.wire.giveBack(returning)
      await this.pages.settled()
    }
  }

  async #arrive(message: Message, isLost: boolean): Promise<void> {
    const answer = isLost ? null : await this.server.answer(message.request, message.sender.address)
    if (!message.sender.isAlive()) return
    if (answer === null) message.fail()
    else this.wire.toPhones.push({ message, answer })
  }

  /** A page that dies over it leaves it unfinished; whatever else fails is told. */
  async #run(phone: SimPhone, act: () => Promise<unknown>): Promise<void> {
    const { device } = phone
    try {
      await act()
    } catch (error) {
      if (phone.isOpen && phone.device === device) this.failures.push(error)
    }
  }

  #inAnyOrder(phones: readonly SimPhone[]): readonly SimPhone[] {
    return phones.map((phone) => [this.#dice.below(1_000_000), phone] as const).toSorted(([a], [b]) => a - b).map(([, phone]) => phone)
  }
}
