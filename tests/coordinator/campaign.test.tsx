import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import { ok, fail } from '#domain/result.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const square = (lon: number, lat: number) => ({ type: 'Polygon', coordinates: [[[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]]] })
const boundaries = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { ADM0_PCODE: 'HT', ADM1_PCODE: 'HT01', ADM1_EN: 'West', ADM1_FR: 'Ouest' }, geometry: square(-72.5, 18.4) },
    { type: 'Feature', properties: { ADM0_PCODE: 'HT', ADM0_EN: 'Haiti' }, geometry: square(-73, 18) },
  ],
})

describe('settings of the campaign', () => {
  it('[CO90] only what was changed is sent, with the revision that was read', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/campaign')
    const name = await screen.findByRole('textbox', { name: 'Name' })
    expect(screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true')
    await user.clear(name)
    await user.type(name, 'Haiti together')
    await user.type(screen.getByRole('textbox', { name: /Numbers and places that help/ }), 'Call 114')
    await user.click(screen.getByRole('checkbox', { name: /Culture/ }))
    expect(screen.getByText('3 settings are not saved yet')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Saved. The phones learn it with their next connection.')).toBeTruthy()
    expect(desk.patches).toHaveLength(1)
    expect(Object.keys(desk.patches[0]?.set ?? {}).toSorted()).toEqual(['name', 'topics', 'urgentHelp'])
    expect(desk.patches[0]?.set.topics?.map(({ code }) => code)).not.toContain('CUL')
    expect(desk.patches[0]).toMatchObject({ revision: 0, set: { name: 'Haiti together', urgentHelp: 'Call 114' } })
  })

  it('[CO91] a file of areas is shown with its map, its list and every shape that was refused, before it is used', async () => {
    const desk = fakeDesk()
    const { user, saved } = await showDesk(desk, '/desk/campaign')
    await screen.findByRole('heading', { name: 'Areas' })
    await user.upload(screen.getByLabelText('Choose a file'), new File([boundaries], 'haiti.geojson'))
    expect(await screen.findByText('In this file: 1 region, no districts.')).toBeTruthy()
    expect(screen.getByRole('img', { name: 'Outlines of 1 region' })).toBeTruthy()
    const refused = within(screen.getByRole('table', { name: '1 shape was not taken' }))
    expect(refused.getByText('It is a whole country. Areas are regions and districts within one.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Save these as CSV' }))
    expect(saved[0]?.text).toMatch(/^\ufeff.*\r\n\d+,Haiti,/)
    expect(screen.queryByText('1 setting is not saved yet')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Use this list' }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(desk.patches[0]?.set.areas).toMatchObject([{ code: 'HT01', name: 'West', names: { fr: 'Ouest' } }]))
    await user.upload(screen.getByLabelText('Choose a file'), new File(['hello'], 'x.geojson'))
    expect((await screen.findByRole('alert')).textContent).toContain('This is not a GeoJSON')
  })

  it('[CO966] another list of areas is not said to be made by who made the one before, until a person says so', async () => {
    const desk = fakeDesk()
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, areas: [{ code: 'HT99', name: 'Nord', country: 'HTI', level: 1 }], areasSource: 'OCHA, CC BY-IGO' } } as never
    const { user } = await showDesk(desk, '/desk/campaign')
    const source = async () => (await screen.findByRole('textbox', { name: /Who made these boundaries/ }) as HTMLInputElement).value
    expect(await source()).toBe('OCHA, CC BY-IGO')
    await user.upload(screen.getByLabelText('Choose a file'), new File([boundaries], 'haiti.geojson'))
    await user.click(await screen.findByRole('button', { name: 'Use this list' }))
    expect(await source()).toBe('')
    await user.click(screen.getByRole('button', { name: 'The same as of the list before: OCHA, CC BY-IGO' }))
    expect(await source()).toBe('OCHA, CC BY-IGO')
    expect(screen.queryByRole('button', { name: /^The same as/ })).toBeNull()
  })

  it('[CO92] what another coordinator changed meanwhile is shown beside what was typed; other settings are no clash', async () => {
    const desk = fakeDesk()
    const act = (revision: number, setting: string, after: string) => ({ revision, at: '2026-03-02T11:00:00Z' as Instant, by: 'Jean', changes: [{ setting, before: null, after }] })
    const { user } = await showDesk(desk, '/desk/campaign')
    const help = await screen.findByRole('textbox', { name: /Numbers and places that help/ })
    await user.type(help, 'Call 114')
    const { changeCampaign } = desk.device.api
    const sent: number[] = []
    Object.assign(desk.device.api, {
      campaign: async () => ok(desk.settings),
      changeCampaign: async (patch: Parameters<typeof changeCampaign>[0]) => {
        sent.push(patch.revision)
        return patch.revision === (desk.settings.campaign.revision ?? 0) ? changeCampaign(patch) : fail({ kind: 'refused', code: 'precondition-failed' })
      },
    })
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, revision: 1, urgentHelp: 'Call 118', name: 'All together' }, history: [act(1, 'urgentHelp', 'Call 118')] }
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/Jean has changed this meanwhile: Help in danger.*Call 118/)
    expect(help).toHaveProperty('value', 'Call 114')
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, revision: 2, name: 'Another' }, history: [act(2, 'name', 'Another'), ...desk.settings.history] }
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Saved. The phones learn it with their next connection.')).toBeTruthy()
    expect(sent).toEqual([0, 1, 2])
    expect(desk.settings.campaign).toMatchObject({ name: 'Another', urgentHelp: 'Call 114' })
  })

  it('[CO880] a last day that a colleague has set meanwhile is read before the months that were typed over another one count from it', async () => {
    const desk = fakeDesk()
    const act = (revision: number, setting: string, after: string) => ({ revision, at: '2026-03-02T11:00:00Z' as Instant, by: 'Jean', changes: [{ setting, before: null, after }] })
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, endsOn: '2030-06-30' } }
    const { user } = await showDesk(desk, '/desk/campaign')
    await user.type(await screen.findByRole('textbox', { name: /^Everything is erased/ }), '1')
    expect(screen.getByText(/^On 30 July 2030 the words of all entries/)).toBeTruthy()
    const { changeCampaign } = desk.device.api
    Object.assign(desk.device.api, {
      campaign: async () => ok(desk.settings),
      changeCampaign: async (patch: Parameters<typeof changeCampaign>[0]) => (patch.revision === (desk.settings.campaign.revision ?? 0) ? changeCampaign(patch) : fail({ kind: 'refused', code: 'precondition-failed' })),
    })
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, revision: 1, endsOn: '2026-01-31' }, history: [act(1, 'endsOn', '2026-01-31')] }
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/Jean has changed this meanwhile: Last day\. With what you wrote .*Now there: 31 January 2026/)
    expect(desk.settings.campaign.retentionMonths ?? null).toBeNull()
    expect(screen.getByText(/^On 28 February 2026 the words of all entries/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Saved. The phones learn it with their next connection.')).toBeTruthy()
    expect(desk.settings.campaign).toMatchObject({ endsOn: '2026-01-31', retentionMonths: 1 })
  })

  it('[CO259] what is typed while the settings are being saved is not saved yet, and stays', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/campaign')
    const help = await screen.findByRole('textbox', { name: /Numbers and places that help/ })
    await user.type(help, 'Call 114')
    const { changeCampaign } = desk.device.api
    let answer = (): void => undefined
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve
    })
    Object.assign(desk.device.api, { changeCampaign: (patch: Parameters<typeof changeCampaign>[0]) => isAnswered.then(() => changeCampaign(patch)) })
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await user.type(help, ' or 118')
    await user.type(screen.getByRole('textbox', { name: 'Name' }), ' together')
    answer()
    await waitFor(() => expect(screen.getByText('2 settings are not saved yet')).toBeTruthy())
    expect(help).toHaveProperty('value', 'Call 114 or 118')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(desk.settings.campaign.urgentHelp).toBe('Call 114 or 118'))
    expect(desk.settings.campaign.name).toMatch(/ together$/)
  })

  it('[CO259] what was typed and not saved stands there again after another page of the desk, and does not go over what a colleague saved meanwhile', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/campaign')
    await user.type(await screen.findByRole('textbox', { name: /Numbers and places that help/ }), 'Call 114')
    await user.click(screen.getByRole('link', { name: 'Data' }))
    await screen.findByRole('heading', { level: 1, name: 'Data' })
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, revision: 1, urgentHelp: 'Call 118', name: 'All together' }, history: [{ revision: 1, at: '2026-03-02T11:00:00Z' as Instant, by: 'Jean', changes: [{ setting: 'urgentHelp', before: null, after: 'Call 118' }] }] }
    const { changeCampaign } = desk.device.api
    Object.assign(desk.device.api, { changeCampaign: async (patch: Parameters<typeof changeCampaign>[0]) => (patch.revision === (desk.settings.campaign.revision ?? 0) ? changeCampaign(patch) : fail({ kind: 'refused', code: 'precondition-failed' })) })
    await user.click(screen.getByRole('link', { name: 'Campaign' }))
    expect(await screen.findByDisplayValue('Call 114')).toBeTruthy()
    expect(screen.getByText('1 setting is not saved yet')).toBeTruthy()
    expect((await screen.findByRole('alert')).textContent).toMatch(/Jean has changed this meanwhile/)
    // What was not touched here is as the colleague left it.
    expect(screen.getByDisplayValue('All together')).toBeTruthy()
    await user.click(screen.getByRole('link', { name: 'Data' }))
    await screen.findByRole('heading', { level: 1, name: 'Data' })
    await user.click(screen.getByRole('link', { name: 'Campaign' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/Jean has changed this meanwhile/)
    expect(desk.settings.campaign.urgentHelp).toBe('Call 118')
  })

  it('[CO269] a theme that is unticked and ticked again has the names that were given to it, typed or saved', async () => {
    const desk = fakeDesk()
    desk.settings = { ...desk.settings, campaign: { ...desk.settings.campaign, topics: [{ code: 'EDU' }, { code: 'CUL', names: { fr: 'Patrimoine vivant' } }] } }
    const { user } = await showDesk(desk, '/desk/campaign')
    const tick = () => screen.findByRole('checkbox', { name: /^Culture/ })
    const ownName = () => screen.queryByRole<HTMLInputElement>('textbox', { name: /^Own name of Culture/ })
    await user.click(await tick())
    expect(ownName()).toBeNull()
    await user.click(screen.getByRole('link', { name: 'Data' }))
    await screen.findByRole('heading', { level: 1, name: 'Data' })
    await user.click(screen.getByRole('link', { name: 'Campaign' }))
    await user.click(await tick())
    // The saved name is there again, so nothing has changed.
    expect(screen.queryByText(/not saved yet/)).toBeNull()
    await user.type(ownName() as HTMLInputElement, 'Living heritage')
    await user.click(await tick())
    await user.click(await tick())
    expect(ownName()?.value).toBe('Living heritage')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(desk.patches[0]?.set.topics?.find(({ code }) => code === 'CUL')).toEqual({ code: 'CUL', names: { fr: 'Patrimoine vivant', en: 'Living heritage' } }))
  })

  it('[CO271] a campaign that is over and keeps its words without an end is marked until somebody has said how long', async () => {
    const marked = (link: HTMLElement) => link.textContent?.includes('how long its words are kept is not set')
    const { user, unmount } = await showDesk(fakeDesk({ campaign: { endsOn: '2026-03-01' } }), '/desk/campaign')
    expect(marked(screen.getByRole('link', { name: /^Campaign/ }))).toBe(true)
    expect(await screen.findByText(/The campaign ended on 1 March 2026, and nothing says how long its words are kept/)).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: /Everything is erased so many months/ }), '12')
    expect(screen.queryByText(/nothing says how long/)).toBeNull()
    unmount()
    for (const campaign of [{ endsOn: '2026-03-02' }, { endsOn: '2026-03-01', retentionMonths: 12 }, { endsOn: null }, {}]) {
      const { unmount: leave } = await showDesk(fakeDesk({ campaign }), '/desk/campaign')
      await screen.findByRole('textbox', { name: /Everything is erased so many months/ })
      expect([marked(screen.getByRole('link', { name: /^Campaign/ })), screen.queryByText(/nothing says how long/)]).toEqual([false, null])
      leave()
    }
  })

  it('[CO309] a number of the settings is understood in the digits that the keyboard has', async () => {
    const desk = fakeDesk({ campaign: { endsOn: '2026-12-31', retentionMonths: 12 } })
    const { user } = await showDesk(desk, '/desk/campaign')
    const months = await screen.findByRole<HTMLInputElement>('textbox', { name: /Everything is erased so many months/ })
    await user.clear(months)
    await user.type(months, '٢٤')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(desk.patches.map(({ set }) => set)).toEqual([{ retentionMonths: 24 }]))
  })

  it('[CO278] a number that cannot be one is not saved as what it begins with, keeps everything else unsaved, and goes with “Undo all”', async () => {
    const desk = fakeDesk({ campaign: { endsOn: '2026-12-31', retentionMonths: 12 } })
    const { user } = await showDesk(desk, '/desk/campaign')
    const months = await screen.findByRole<HTMLInputElement>('textbox', { name: /Everything is erased so many months/ })
    const share = screen.getByRole<HTMLInputElement>('textbox', { name: /are read by a second person/ })
    const save = () => screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')
    await user.clear(months)
    await user.type(months, '360')
    expect([months.value, save()]).toEqual(['360', 'true'])
    expect(screen.getByText(/On 31 December 2027/)).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: 'Name' }), '!')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect([desk.patches.length, save()]).toEqual([0, 'true'])
    await user.click(screen.getByRole('button', { name: 'Undo all' }))
    expect(months.value).toBe('12')
    await user.clear(share)
    await user.type(share, '150')
    expect([share.value, save()]).toEqual(['150', 'true'])
    await user.clear(share)
    await user.type(share, '15')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(desk.patches.map(({ set }) => set)).toEqual([{ secondReading: 15 }]))
  })

  it('[CO93] a day of erasure is said before it is saved, and needs a last day', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/campaign')
    await user.type(await screen.findByRole('textbox', { name: /Everything is erased so many months/ }), '12')
    expect(screen.getByText('Set a last day first: the months count from it.')).toBeTruthy()
    await user.type(screen.getByLabelText('Last day'), '2026-12-31')
    expect(screen.getByText(/On 31 December 2027 the words of all entries, what was set aside, and the names of all members are erased/)).toBeTruthy()
  })

  it('[CO94] who may not edit the campaign has no such page', async () => {
    const desk = fakeDesk({ abilities: ['record', 'review', 'readAll', 'export', 'import'] })
    await showDesk(desk, '/desk/campaign')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This is the coordinators’ desk')
    expect(screen.queryByRole('link', { name: 'Campaign' })).toBeNull()
  })
})
