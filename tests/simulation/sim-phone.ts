import { Dexie } from 'dexie'
import type { Device } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { copyDatabase } from '../support/real-phone.ts'
import { newDatabaseName } from '../support/phone.ts'
import { seededChance } from '../support/seeded.ts'
import { createLocks, nodeCrypto } from '../support/test-ground.ts'
import type { Pages } from './pages.ts'
import type { SimTime } from './sim-time.ts'
import { uploadOver } from './tus-phone.ts'
import { fetchResponse } from './wire.ts'
import type { Sender, Wire, WireAnswer, WireRequest } from './wire.ts'

export interface PhoneGround {
  readonly time: SimTime
  readonly wire: Wire
  readonly pages: Pages
}

/** A page is one life of the browser; what belongs to a former one is dead. */
interface Page {
  isAlive: boolean
  readonly windows: Device[]
}

/** A phone: its browser may be killed at any transaction or request, its storage set back or copied, its clock wrong. */
export class SimPhone {
  readonly name: string
  readonly role: 'volunteer' | 'coordinator'
  databaseName = newDatabaseName()
  /** Transactions and requests until the browser is killed; null: it lives. */
  killIn: number | null = null
  /** Thrown away with everything on it. */
  isLost = false
  /** An earlier state of its storage, kept by the system's own backup. */
  snapshot: string | null = null
  readonly #ground: PhoneGround
  #cookies = new CookieJar()
  #skewMs = 0
  #isOnline = true
  readonly #listeners = new Set<() => void>()
  #page: Page = { isAlive: false, windows: [] }
  #lives = 0
  #storage: DeviceDatabase | null = null

  constructor(ground: PhoneGround, { name, role }: Pick<SimPhone, 'name' | 'role'>) {
    this.#ground = ground
    this.name = name
    this.role = role
  }

  get isOpen(): boolean {
    return this.#page.isAlive
  }

  /** Any of its windows. */
  get device(): Device | null {
    return this.#page.isAlive ? (this.#page.windows[0] ?? null) : null
  }

  get windows(): readonly Device[] {
    return this.#page.isAlive ? this.#page.windows : []
  }

  /** Its database, for whoever looks at it past its app. Opened once: that takes as long as a look. */
  get storage(): DeviceDatabase {
    if (this.#storage?.name === this.databaseName) return this.#storage
    this.#storage?.shut()
    return (this.#storage = new DeviceDatabase(this.databaseName))
  }

  /** Asked before each transaction and each request: here is where it dies. */
  isDeadNow(): boolean {
    if (!this.#page.isAlive) return true
    if (this.killIn === null) return false
    this.killIn -= 1
    if (this.killIn > 0) return false
    this.kill()
    return true
  }

  /** What is read from outside must not count for the page. */
  async unwatched<Value>(look: () => Promise<Value>): Promise<Value> {
    const [before, page] = [this.killIn, this.#page.isAlive]
    this.killIn = null
    const wasAlive = page
    if (!wasAlive) this.#page = { isAlive: true, windows: [] }
    try {
      return await look()
    } finally {
      this.killIn = before
      if (!wasAlive) this.#page = { isAlive: false, windows: [] }
    }
  }

  async open(): Promise<Device> {
    this.killIn = null
    const page: Page = { isAlive: true, windows: [] }
    this.#page = page
    this.#lives += 1
    return this.#openWindow(page, createLocks())
  }

  async openWindow(): Promise<void> {
    const first = this.#page.windows[0]
    if (first === undefined || this.#page.windows.length > 2) return
    await this.#openWindow(this.#page, this.#locks)
  }

  kill(): void {
    const page = this.#page
    page.isAlive = false
    this.killIn = null
    this.#ground.pages.abortAll(this.databaseName)
    for (const device of page.windows) device.close()
    this.#listeners.clear()
    this.#ground.wire.orphan()
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
    for (const listener of [...this.#listeners]) listener()
  }

  jumpClock(ms: number): void {
    this.#skewMs += ms
  }

  forgetSession(): void {
    this.#cookies.forget()
  }

  /** Another phone with everything that stands on this one. */
  async copy(name: string): Promise<SimPhone> {
    const phone = new SimPhone(this.#ground, { name, role: this.role })
    phone.databaseName = await this.unwatched(() => copyDatabase(this.databaseName))
    phone.#cookies = this.#cookies.copy()
    return phone
  }

  async keepSnapshot(): Promise<void> {
    if (this.snapshot !== null) await Dexie.delete(this.snapshot)
    this.snapshot = await this.unwatched(() => copyDatabase(this.databaseName))
  }

  async setBack(): Promise<void> {
    if (this.snapshot === null) return
    this.kill()
    await Dexie.delete(this.databaseName)
    this.databaseName = this.snapshot
    this.snapshot = null
  }

  async throwAway(): Promise<void> {
    this.kill()
    this.#storage?.shut()
    for (const name of [this.databaseName, ...(this.snapshot === null ? [] : [this.snapshot])]) await Dexie.delete(name)
  }

  #locks: DeviceGround['locks'] = createLocks()

  async #openWindow(page: Page, locks: DeviceGround['locks']): Promise<Device> {
    this.#locks = locks
    const ground = this.#deviceGround(page, locks, `${this.name} ${this.#lives} ${page.windows.length}`)
    const device = await openDevice(ground)
    if (page.isAlive) page.windows.push(device)
    else device.close()
    return device
  }

  #deviceGround(page: Page, locks: DeviceGround['locks'], seed: string): DeviceGround {
    const { time } = this.#ground
    const transmit = (request: WireRequest): Promise<WireAnswer> => this.#transmit(page, request)
    return {
      clock: { now: () => time.now() + this.#skewMs },
      chance: seededChance(seed),
      timer: time.timers(() => page.isAlive),
      appVersion: '0.0.1-simulation',
      databaseName: this.databaseName,
      deviceLabel: this.name,
      fetch: async (url, { method, headers, body }) => fetchResponse(await transmit({ method, url, headers: { ...headers }, ...(body === undefined ? {} : { payload: body }) })),
      upload: uploadOver(transmit),
      crypto: cryptoAmong(this.#ground.pages),
      locks,
      network: {
        isOnline: () => this.#isOnline,
        onChange: (call) => {
          this.#listeners.add(call)
          return () => this.#listeners.delete(call)
        },
      },
      reserveBytes: 64,
      storage: { persist: () => Promise.resolve(true), persisted: () => Promise.resolve(true), estimate: () => Promise.resolve({ usage: 1000, quota: 1_000_000_000 }) },
    }
  }

  #transmit(page: Page, request: WireRequest): Promise<WireAnswer> {
    if (page !== this.#page || this.isDeadNow()) return new Promise(() => undefined)
    if (!this.#isOnline) return Promise.reject(new TypeError('Failed to fetch'))
    const sender: Sender = {
      address: `10.0.0.${(this.name.codePointAt(0) ?? 0) % 250}`,
      cookie: () => this.#cookies.header.cookie ?? '',
      // Here as well it may die: with the answer on its doorstep.
      isAlive: () => page.isAlive,
      onAnswer: ({ headers }) => {
        this.#cookies.keep(headers['set-cookie'])
      },
    }
    const { 'content-type': type, ...rest } = request.headers
    return this.#ground.wire.send(sender, { ...request, headers: { ...rest, ...(type === undefined ? {} : { 'content-type': type }), ...this.#cookies.header } })
  }
}

/** What seals bundles works in other threads; the history waits for it as for any step of a page, or a seed would not be one life. */
function cryptoAmong(pages: Pages): DeviceGround['crypto'] {
  const crypto = nodeCrypto()
  return {
    ...crypto,
    sealFor: async (recipient) => {
      const { key, begin } = await pages.during(crypto.sealFor(recipient))
      return {
        key,
        begin: async (salt, info) => {
          const seal = await pages.during(begin(salt, info))
          return (nonce, plain) => pages.during(seal(nonce, plain))
        },
      }
    },
  }
}
