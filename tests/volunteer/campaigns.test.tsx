import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CampaignHere, CampaignsHere } from '#device/campaigns-here.ts'
import type { Device } from '#device/device.ts'
import { openDevice } from '#device/open-device.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, newDatabaseName } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { arabic, deviceWith, noon, openAt, volunteerGround } from './on-screen.tsx'

const opened: Pick<Device, 'close'>[] = []
afterEach(() => {
  for (const device of opened.splice(0)) device.close()
})

const secret = 'T'.repeat(22)
const ids = { here: '0190a0b0-0000-7000-8000-00000000ca01', there: '0190a0b0-0000-7000-8000-00000000ca02', third: '0190a0b0-0000-7000-8000-00000000ca03' } as const

function row(parts: Partial<CampaignHere>): CampaignHere {
  return {
    database: 'terrain', campaign: { id: ids.here as never, name: 'Solidarity Network' }, member: { name: 'Amal', role: 'volunteer' }, isOpen: false, isWaiting: false, pendingEntries: 0, pendingFiles: 0, pendingVoices: 0, drafts: 0,
    lastContactAt: new Date(noon - 3_600_000).toISOString() as never, isSignedOut: false, ...parts,
  }
}

const here = row({ isOpen: true })
const there = row({ database: 'terrain-2', campaign: { id: ids.there as never, name: 'Rains' }, member: { name: 'R.', role: 'coordinator' } })

interface Told {
  readonly rows?: readonly CampaignHere[]
  readonly look?: Awaited<ReturnType<CampaignsHere['look']>>
  readonly join?: CampaignsHere['join']
  readonly found?: CampaignsHere['found']
  readonly abilities?: readonly string[]
}

/** A member before the campaigns of their browser, as the device would tell them. */
async function member({ rows = [here], look, join, found, abilities }: Told = {}) {
  const { device: real } = await joinedPhone({ server: createFakeServer({ role: abilities === undefined ? 'volunteer' : 'coordinator' }) })
  opened.push(real)
  const offline = { ok: false, problem: { kind: 'offline', code: 'offline' } } as const
  const openCampaign = vi.fn<(database: string, path: string) => void>()
  const calls = {
    list: vi.fn<CampaignsHere['list']>(() => Promise.resolve(rows)), look: vi.fn<CampaignsHere['look']>(() => Promise.resolve(look ?? offline)), sendWaiting: vi.fn<CampaignsHere['sendWaiting']>(() => Promise.resolve(false)),
    join: vi.fn<CampaignsHere['join']>(join ?? (() => Promise.resolve(offline))), found: vi.fn<CampaignsHere['found']>(found ?? (() => Promise.resolve(offline))),
    carry: vi.fn<CampaignsHere['carry']>(() => Promise.resolve(null)),
    begin: vi.fn<CampaignsHere['begin']>(() => ({ id: ids.third as never, invite: secret })),
  }
  const own = real.membership.get()
  const membership = own === undefined || own === null || abilities === undefined ? real.membership : { get: known({ ...own, abilities: abilities as never }), subscribe: () => () => undefined }
  const device = deviceWith(real, { membership, openCampaigns: () => Promise.resolve(calls) })
  return { device, calls, openCampaign, ground: volunteerGround({ openCampaign }) }
}

function known<Value>(value: Value): () => Value {
  return () => value
}

describe('the campaigns of a browser', () => {
  it('[VO190] settings lead to them: who one is in each, what waits there, and which one is open', async () => {
    const waiting = row({ ...there, pendingEntries: 2, pendingFiles: 3, pendingVoices: 1, drafts: 1, isWaiting: true, isSignedOut: true })
    const { device, ground, calls } = await member({ rows: [here, waiting] })
    const { user } = openAt('/settings', device, { ground })
    expect(await screen.findByText('You are Amal in Solidarity Network.')).toBeTruthy()
    await user.click(screen.getByText('Open another campaign, join one, or see what waits in each.').closest('li')?.querySelector('a') ?? document.body)
    const rows = within(await screen.findByRole('list', { name: 'On this phone' })).getAllByRole('listitem')
    expect(rows.map((one) => one.textContent)).toEqual([
      'Solidarity NetworkRecording, as AmalEverything has been receivedLast contact 1 hour agoOpen now',
      'RainsCoordination, as R.2 entries, 2 photos and 1 voice note still only here · 1 note begunLast contact 1 hour agoThis phone was signed out here. Open an invite link of this campaign to join again; what waits goes then.Open',
    ])
    // What can be sent is sent on the way, and then counted once more.
    await waitFor(() => expect([calls.sendWaiting.mock.calls.length, calls.list.mock.calls.length]).toEqual([1, 2]))
    expect(screen.queryByText('Make another campaign')).toBeNull()
  })

  it('[VO190] another one is opened at its own place: the desk for who came from there and may', async () => {
    const volunteer = row({ database: 'terrain-3', campaign: { id: ids.third as never, name: 'Third' } })
    const { device, ground, openCampaign } = await member({ rows: [here, there, volunteer] })
    const { user } = openAt('/campaigns', device, { ground })
    await user.click(await screen.findByRole('button', { name: 'Open Rains' }))
    expect(openCampaign).toHaveBeenLastCalledWith('terrain-2', '/')
    history.replaceState(null, '', '/campaigns?desk')
    await user.click(await screen.findByRole('button', { name: 'Open Rains' }))
    expect(openCampaign).toHaveBeenLastCalledWith('terrain-2', '/desk')
    await user.click(screen.getByRole('button', { name: 'Open Third' }))
    expect(openCampaign).toHaveBeenLastCalledWith('terrain-3', '/')
  })

  it('[CO210] an address of another campaign leads there, and says so where this browser is not in it', async () => {
    const { device, ground, openCampaign } = await member({ rows: [here, there] })
    const first = openAt(`/campaigns?campaign=${ids.there}&to=${encodeURIComponent('/desk/report/figure?id=total')}`, device, { ground })
    await waitFor(() => expect(openCampaign.mock.calls).toEqual([['terrain-2', '/desk/report/figure?id=total']]))
    first.unmount()
    openAt(`/campaigns?campaign=${ids.there}&to=${encodeURIComponent('//elsewhere.example')}`, device, { ground }).unmount()
    openAt(`/campaigns?campaign=${ids.third}&to=%2Fdesk`, device, { ground })
    expect(await screen.findByText('This is not here')).toBeTruthy()
    expect(openCampaign).toHaveBeenCalledTimes(1)
  })

  it('[VO190] before the way in without a link the campaigns stand that this browser is in all the same', async () => {
    const { calls, ground, openCampaign } = await member({ rows: [there] })
    const stranger = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }))
    opened.push(stranger)
    const { user } = openAt('/', deviceWith(stranger, { openCampaigns: () => Promise.resolve(calls) }), { ground })
    await user.click(await screen.findByRole('button', { name: 'Open Rains' }))
    expect(openCampaign).toHaveBeenCalledWith('terrain-2', '/')
  })

  it('[VO194] a link that another app holds is pasted; what is none is said', async () => {
    const { device, ground, calls } = await member()
    const { user } = openAt('/campaigns', device, { ground })
    const link = await screen.findByRole('textbox', { name: 'Invite link' })
    await user.type(link, 'https://terrain.example/join')
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    expect(screen.getByText('This is no invite link. Copy all of it, also what stands behind the # sign.')).toBeTruthy()
    await user.type(link, `#${secret} `)
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    await waitFor(() => expect(calls.look).toHaveBeenCalledWith(secret))
    expect(location.pathname + location.hash).toBe(`/join#${secret}`)
  })

  it('[VO343] of a message that is pasted with its link the link alone is taken', async () => {
    const { device, ground, calls } = await member()
    const { user } = openAt('/campaigns', device, { ground })
    const link = await screen.findByRole('textbox', { name: 'Invite link' })
    await user.type(link, `Join us (https://terrain.example/join#${secret}). See you there`)
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    await waitFor(() => expect(calls.look).toHaveBeenCalledWith(secret))
  })

  it('[VO343] a message may name another page with a part of its own before its link', async () => {
    const { device, ground, calls } = await member()
    const { user } = openAt('/campaigns', device, { ground })
    await user.type(await screen.findByRole('textbox', { name: 'Invite link' }), `Read https://docs.example/guide#how-to-join-the-campaign first, then https://terrain.example/join#${secret}`)
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    await waitFor(() => expect(calls.look).toHaveBeenCalledWith(secret))
  })
})

describe('an invite that a member follows', () => {
  const invited = (role: 'volunteer' | 'coordinator', row: CampaignHere | null) => ({ ok: true, value: { campaign: row?.campaign ?? { id: ids.third, name: 'Rains' }, role, here: row } } as never)

  it('[VO191] to a campaign that is not here yet: it is joined beside the others, under a name of its own', async () => {
    const { device, ground, calls, openCampaign } = await member({ look: invited('coordinator', null), join: () => Promise.resolve({ ok: true, value: 'terrain-3' }) })
    const { user } = openAt(`/join#${secret}`, device, { ground })
    expect(await screen.findByRole('heading', { name: 'Join Rains too' })).toBeTruthy()
    expect(screen.getByText('You are invited to coordinate this campaign.')).toBeTruthy()
    expect(screen.getByText(/Everything in Solidarity Network stays as it is/)).toBeTruthy()
    const name = screen.getByRole('textbox', { name: 'What should we call you?' })
    expect(name).toHaveProperty('value', 'Amal')
    await user.clear(name)
    await user.type(name, 'R.')
    await user.click(screen.getByRole('button', { name: 'Join' }))
    await waitFor(() => expect(openCampaign.mock.calls).toEqual([['terrain-3', '/']]))
    expect(calls.join.mock.calls).toEqual([[ids.third, { invite: secret, name: 'R.', language: 'en' }]])
    expect(device.membership.get()).toMatchObject({ campaign: { name: 'Solidarity Network' } })
  })

  it('[VO343] with what a message had behind it, a link is the same link', async () => {
    for (const behind of ['.', ').', '%20', '%0A']) {
      const { device, ground, calls } = await member({ look: invited('volunteer', null) })
      const { unmount } = openAt(`/join#${secret}${behind}`, device, { ground })
      await waitFor(() => expect(calls.look).toHaveBeenCalledWith(secret))
      unmount()
    }
  })

  it('[VO191] a second link in the same window is looked at as well', async () => {
    const { device, ground, calls } = await member({ look: invited('volunteer', here) })
    openAt(`/join#${secret}`, device, { ground })
    expect(await screen.findByRole('heading', { name: 'You have joined already as Amal.' })).toBeTruthy()
    location.hash = `#${'U'.repeat(22)}`
    await waitFor(() => expect(calls.look).toHaveBeenLastCalledWith('U'.repeat(22)))
  })

  it('[VO191] a join that fails says why, and nothing typed is lost', async () => {
    const { device, ground, openCampaign } = await member({ look: invited('volunteer', null), join: () => Promise.resolve({ ok: false, problem: { kind: 'unreachable', code: 'no-answer' } }) })
    const { user } = openAt(`/join#${secret}`, device, { ground })
    await user.type(await screen.findByRole('textbox', { name: 'What should we call you?' }), ' B.')
    await user.click(screen.getByRole('button', { name: 'Join' }))
    expect(await screen.findByText(/The server does not answer/)).toBeTruthy()
    expect(screen.getByRole('textbox', { name: 'What should we call you?' })).toHaveProperty('value', 'Amal B.')
    expect(openCampaign).toHaveBeenCalledTimes(0)
  })

  it('[VO191] to the one that is open, or to another one that is here: it is said, and opened', async () => {
    const one = await member({ look: invited('volunteer', here) })
    const first = openAt(`/join#${secret}`, one.device, { ground: one.ground })
    expect(await screen.findByRole('heading', { name: 'You have joined already as Amal.' })).toBeTruthy()
    first.unmount()
    const other = await member({ look: invited('coordinator', there) })
    const { user } = openAt(`/join#${secret}`, other.device, { ground: other.ground })
    expect(await screen.findByRole('heading', { name: 'You are in Rains already, as R..' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open Rains' }))
    expect(other.openCampaign.mock.calls).toEqual([['terrain-2', '/']])
  })

  it('[VO195] a phone that was signed out joins again in the place where its entries are, also when another campaign is open', async () => {
    const { device, ground, openCampaign } = await member({ look: invited('coordinator', { ...there, isSignedOut: true }) })
    const first = openAt(`/join#${secret}`, device, { ground })
    await first.user.click(await screen.findByRole('button', { name: 'Open Rains' }))
    expect(openCampaign.mock.calls).toEqual([['terrain-2', `/join#${secret}`]])
    first.unmount()
    const there2 = await member({ look: invited('volunteer', here) })
    const join = vi.fn<Device['join']>(() => Promise.resolve({ ok: false, problem: { kind: 'offline', code: 'offline' } }))
    const state = there2.device.sync.get()
    const signedOut = deviceWith(there2.device, { join, sync: { get: known(state === undefined ? undefined : { ...state, attention: 'join-again' as const }), subscribe: () => () => undefined } })
    const { user } = openAt(`/join#${secret}`, signedOut, { ground: there2.ground })
    expect(await screen.findByRole('heading', { name: 'Join again' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Join' }))
    await waitFor(() => expect(join).toHaveBeenCalledTimes(1))
  })

  it('[VO192] without a connection, or by a link that is not good any more, a member gets to their notebook and is told why', async () => {
    const { device, ground, calls } = await member()
    const first = openAt(`/join#${secret}`, device, { ground })
    expect(await screen.findByText('Where this link leads shows once there is a connection.')).toBeTruthy()
    await first.user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(calls.look).toHaveBeenCalledTimes(2))
    await first.user.click(await screen.findByRole('link', { name: 'Open my notebook' }))
    expect(location.pathname).toBe('/')
    first.unmount()
    const old = await member({ look: { ok: false, problem: { kind: 'refused', code: 'invite-invalid' } } })
    openAt(`/join#${secret}`, old.device, { ground: old.ground })
    expect(await screen.findByText(/This link is not good any more/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })
})

describe('making a campaign', () => {
  it('[VO193] a name is enough; without an answer the same is asked for again, and another name is another campaign', async () => {
    const answers = [{ ok: false, problem: { kind: 'unreachable', code: 'no-answer' } }, { ok: false, problem: { kind: 'refused', code: 'forbidden' } }, { ok: true, value: 'terrain-3' }] as const
    let count = 0
    const { device, ground, calls, openCampaign } = await member({ abilities: ['record', 'review', 'readAll', 'createCampaign'], found: () => Promise.resolve(answers[count++] ?? answers[2]) })
    const { user } = openAt('/campaigns?desk', device, { ground })
    await user.click(await screen.findByRole('button', { name: 'Make it and open it' }))
    expect(screen.getByText('Write a name.')).toBeTruthy()
    const name = screen.getByRole('textbox', { name: 'Name of the new campaign' })
    await user.type(name, 'Rains ')
    await user.click(screen.getByRole('button', { name: 'Make it and open it' }))
    expect(await screen.findByText(/it is not made twice/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Make it and open it' }))
    expect(await screen.findByText('The server did not accept this (forbidden).')).toBeTruthy()
    expect(calls.begin).toHaveBeenCalledTimes(1)
    await user.type(name, '2026')
    await user.click(screen.getByRole('button', { name: 'Make it and open it' }))
    await waitFor(() => expect(openCampaign.mock.calls).toEqual([['terrain-3', '/desk']]))
    expect(calls.begin).toHaveBeenCalledTimes(2)
    expect(calls.found.mock.calls.map(([, said]) => said)).toEqual(['Rains', 'Rains', 'Rains 2026'])
  })

  it('[VO193] a phone without room for it, or without the code for it, says so and asks for the same again', async () => {
    const answers = [() => Promise.reject(new DOMException('full', 'QuotaExceededError')), () => Promise.resolve({ ok: true, value: 'terrain-3' } as const)]
    let count = 0
    const { device, ground, calls, openCampaign } = await member({ abilities: ['record', 'createCampaign'], found: () => (answers[count++] ?? (() => Promise.reject(new Error('once too often'))))() })
    let isLoaded = false
    const coming = deviceWith(device, { openCampaigns: () => (isLoaded || count > 0 ? device.openCampaigns() : Promise.reject(new TypeError('not there'))) })
    const { user } = openAt('/campaigns', coming, { ground })
    await user.type(await screen.findByRole('textbox', { name: 'Name of the new campaign' }), 'Rains')
    await user.click(screen.getByRole('button', { name: 'Make it and open it' }))
    expect(await screen.findByText(/Making a campaign needs one/)).toBeTruthy()
    isLoaded = true
    await user.click(screen.getByRole('button', { name: 'Make it and open it' }))
    expect(await screen.findByText(/This phone could not keep it/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Make it and open it' }))
    await waitFor(() => expect(openCampaign.mock.calls).toEqual([['terrain-3', '/']]))
    expect(calls.begin).toHaveBeenCalledTimes(1)
  })

  it('[VO9] [VO502] it stands there in Arabic too, and each name apart', async () => {
    const { device, ground } = await member({ rows: [here, there], abilities: ['record', 'createCampaign'] })
    openAt('/campaigns', device, { ground, language: arabic })
    expect(await screen.findByRole('heading', { name: 'أنشئ حملة أخرى' })).toBeTruthy()
    expect(await screen.findByRole('button', { name: `افتح \u2068${there.campaign.name}\u2069` })).toBeTruthy()
  })
})
