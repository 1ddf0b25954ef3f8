import type { Device } from '#device/device.ts'
import type { DeviceGround, FetchInit, FetchResponse } from '#device/device-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createInvite } from '#server/auth/invites.ts'
import { CookieJar } from './cookie-jar.ts'
import { newDatabaseName } from './phone.ts'
import { testGround } from './test-ground.ts'
import type { TestGround } from './test-ground.ts'
import type { TestServer } from './test-server.ts'

/** What a test does to one request: throw before it is sent, or after it was answered. */
export interface Wire {
  before: (path: string) => void
  after: (path: string) => void
}

/** A phone on the real server, with a cookie jar of its own. */
export interface RealPhone {
  readonly device: Device
  readonly ground: TestGround
  readonly wire: Wire
}

/** A person who has joined the server's campaign. */
export async function realPhone(server: TestServer, about: Pick<PhoneParts, 'storage' | 'locks'> = {}): Promise<RealPhone> {
  const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
  const phone = await phoneOn(server, newDatabaseName(), about)
  const joined = await phone.device.join({ invite: url.split('#')[1] ?? '', name: 'Awa', language: 'en' })
  if (!joined.ok) throw new Error(joined.problem.code)
  await phone.device.flush()
  return phone
}

/** Opens a browser on a database that is there: after a kill, on a copy, or on an older state. `jar` keeps its cookies. */
export async function phoneOn(server: TestServer, databaseName: string, { wire = quietWire(), isOnline = true, jar = { cookies: new CookieJar() }, ...about }: PhoneParts = {}): Promise<RealPhone> {
  const ground = testGround({ ...about, databaseName, isOnline, fetch: fetchOn(server, wire, jar), seed: `${databaseName} ${newDatabaseName()}` })
  return { device: await openDevice(ground), ground, wire }
}

interface PhoneParts {
  readonly wire?: Wire
  readonly isOnline?: boolean
  readonly jar?: Jar
  readonly storage?: DeviceGround['storage']
  readonly locks?: DeviceGround['locks']
}

export interface Jar {
  readonly cookies: CookieJar
  /** Where it calls from, for limits by address. */
  readonly address?: string
}

export function quietWire(): Wire {
  return { before: () => undefined, after: () => undefined }
}

/** The whole database under another name: another phone's copy, or the state to go back to. */
export async function copyDatabase(from: string): Promise<string> {
  const to = newDatabaseName()
  const [source, target] = [new DeviceDatabase(from), new DeviceDatabase(to)]
  for (const table of source.tables) await target.table(table.name).bulkPut(await table.toArray())
  source.shut()
  target.shut()
  return to
}

function fetchOn(server: TestServer, wire: Wire, jar: Jar): DeviceGround['fetch'] {
  return async (url: string, { method, headers, body }: FetchInit): Promise<FetchResponse> => {
    const path = url.replace('/api/v1', '')
    wire.before(path)
    const response = await server.app.inject({ method: method as 'GET', url, remoteAddress: jar.address ?? '127.0.0.1', headers: { ...headers, ...jar.cookies.header }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) }) })
    jar.cookies.keep(response.headers['set-cookie'])
    wire.after(path)
    return { status: response.statusCode, headers: { get: (name) => (response.headers[name] === undefined ? null : String(response.headers[name])) }, text: () => Promise.resolve(response.body) }
  }
}
