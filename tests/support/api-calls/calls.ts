import { signText } from '#server/auth/keys.ts'
import { rotateText, sessionText } from '#protocol/membership.ts'
import { createInvite } from '#server/auth/invites.ts'
import { aChallenge } from '../contents.ts'
import { aFinding } from '../written.ts'
import { aChangeId, aDeviceId, aKey, aPhoto, aStoredFile, anEntry, anUpload, askHeaders, idOf, ownCampaign, pieceHeaders, uploadHeaders } from './asking.ts'
import type { ApiCall, Asking } from './asking.ts'

const get = (path: string) => () => ({ path })
const reason = 'Asked for by the person.'
const days = 'from=2026-01-01&to=2026-12-31&language=en'

/**
 * For every route a request that is as it should be: whoever may ask gets what they asked for. The authority matrix asks each as everybody and about
 * everybody's things, and the fuzz begins with them.
 */
export const apiCalls: Readonly<Record<string, (about: Asking) => ApiCall | Promise<ApiCall>>> = {
  'GET /api/v1/openapi.json': get('/openapi.json'),
  'GET /api/v1/health': get('/health'),
  'GET /api/v1/ready': get('/ready'),
  'POST /api/v1/join': async (about) => ({ path: '/join', body: { invite: await secretFor(about), name: 'Awa', language: 'fr', device: { id: aDeviceId(about), publicKey: aKey().publicKey, label: 'phone' } } }),
  'POST /api/v1/join/look': async (about) => ({ path: '/join/look', body: { invite: await secretFor(about), devices: [about.caller.deviceId] } }),
  'GET /api/v1/session/challenge': get('/session/challenge'),
  'POST /api/v1/session': async ({ server, caller, owner }) => {
    const { challenge } = (await server.app.inject({ url: '/api/v1/session/challenge' })).json<{ challenge: string }>()
    return { path: '/session', body: { deviceId: owner.deviceId, credential: owner.joined.credential, challenge, sig: signText(caller.privateKey, sessionText(challenge, owner.deviceId)) } }
  },
  'GET /api/v1/me': get('/me'),
  'POST /api/v1/devices/rotate': (about) => {
    const [id, key] = [about.whose === 'own' ? aDeviceId(about) : about.owner.deviceId, aKey()]
    return { path: '/devices/rotate', body: { device: { id, publicKey: key.publicKey, label: 'phone' }, sig: signText(key.privateKey, rotateText(id)), by: signText(about.caller.privateKey, rotateText(id)) } }
  },
  'POST /api/v1/devices/move': () => ({ path: '/devices/move', body: {} }),
  'POST /api/v1/sync': async (about) => ({ path: '/sync', body: await about.owner.requestFor([about.owner.change('record', { content: aChallenge() })]) }),
  'POST /api/v1/sync/quarantine': async (about) => {
    const { epoch, campaignId, deviceId } = await about.owner.requestFor([])
    return { path: '/sync/quarantine', body: { epoch, campaignId, deviceId, id: aChangeId(about), bytes: Buffer.from('{"torn":').toString('base64') } }
  },
  'GET /api/v1/quarantine': get('/quarantine'),
  'GET /api/v1/alarms': get('/alarms'),
  'POST /api/v1/settlements': (about) => ({ path: '/settlements', body: { subject: `change:${aChangeId(about)}`, act: 'settle', reason } }),
  'POST /api/v1/campaigns': () => ({ path: '/campaigns', body: { id: idOf.fresh(), invite: idOf.fresh().replaceAll('-', '').slice(0, 22), name: 'A second campaign', countries: ['HTI'], languages: ['fr'] } }),
  'GET /api/v1/campaigns/:id': (about) => ({ path: `/campaigns/${idOf.campaign(about)}` }),
  'PATCH /api/v1/campaigns/:id': async (about) => ({ path: `/campaigns/${idOf.campaign(about)}`, body: { revision: (await ownCampaign(about)).revision ?? 0, set: { urgentHelp: `Call ${idOf.fresh()}` } } }),
  'POST /api/v1/files': async (about) => ({ path: '/files', headers: uploadHeaders(idOf.campaign(about), (await anEntry(about)).entryId, await aPhoto()) }),
  'PATCH /api/v1/files/:upload': async (about) => {
    const { place, bytes } = await anUpload(about)
    return { path: place, body: bytes, headers: pieceHeaders }
  },
  'HEAD /api/v1/files/:upload': async (about) => ({ path: (await anUpload(about)).place, headers: askHeaders }),
  'GET /api/v1/files/:sha256': async (about) => ({ path: `/files/${await aStoredFile(about)}?width=320` }),
  'GET /api/v1/entries': get('/entries?kind=challenge&sort=newest&facets=topic&q=teacher'),
  'GET /api/v1/overview': get('/overview?kind=challenge'),
  'GET /api/v1/entries/:id': async (about) => ({ path: `/entries/${(await anEntry(about)).entryId}` }),
  'GET /api/v1/entries/:id/near': async (about) => ({ path: `/entries/${(await anEntry(about)).entryId}/near` }),
  'PUT /api/v1/entries/:id/apart': async (about) => ({ path: `/entries/${(await anEntry(about)).entryId}/apart`, body: { other: (await anEntry({ owner: about.caller })).entryId, as: 'same', apart: true } }),
  'POST /api/v1/assignments': async (about) => ({ path: '/assignments', body: { entries: [{ id: (await anEntry(about)).entryId, was: null }], to: about.desk.joined.member.id } }),
  'GET /api/v1/reviewers': get('/reviewers'),
  'GET /api/v1/entries/counts': get(`/entries/counts?of=${encodeURIComponent('kind=challenge')}`),
  'GET /api/v1/views': get('/views'),
  'PUT /api/v1/views/:id': async (about) => ({ path: `/views/${about.whose === 'own' ? idOf.fresh() : await aView(about)}`, body: { name: 'Mine', search: '?kind=action' } }),
  'DELETE /api/v1/views/:id': async (about) => ({ path: `/views/${await aView(about)}` }),
  'GET /api/v1/fresh': get('/fresh?after=0&assignments=new'),
  'GET /api/v1/members': get('/members'),
  'PATCH /api/v1/members/:id': (about) => ({ path: `/members/${idOf.member(about)}`, body: { role: 'volunteer' } }),
  'POST /api/v1/members/:id/erase': (about) => ({ path: `/members/${idOf.member(about)}/erase`, body: { reason } }),
  'GET /api/v1/members/:id/held': (about) => ({ path: `/members/${idOf.member(about)}/held` }),
  'PUT /api/v1/members/:id/aside': (about) => ({ path: `/members/${idOf.member(about)}/aside`, body: { since: '2026-03-01T00:00:00.000Z', reason } }),
  'DELETE /api/v1/members/:id/aside': (about) => ({ path: `/members/${idOf.member(about)}/aside` }),
  'GET /api/v1/devices': get('/devices'),
  'DELETE /api/v1/devices/:id': (about) => ({ path: `/devices/${idOf.device(about)}` }),
  'POST /api/v1/invites': () => ({ path: '/invites', body: { role: 'coordinator', uses: 1, days: 1, note: 'For Jean' } }),
  'GET /api/v1/invites': get('/invites'),
  'DELETE /api/v1/invites/:id': async ({ server, desk }) => {
    const { invite } = await createInvite(server.context, { campaignId: desk.joined.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: desk.joined.member.id, createdWith: desk.deviceId })
    return { path: `/invites/${invite.id}` }
  },
  'POST /api/v1/import': async ({ owner, server }) => {
    const { run } = await owner.requestFor([owner.change('record', { content: aChallenge() })])
    const { deviceId, publicKey, joined: { credential, campaign } } = owner
    return { path: '/import?format=bundle', body: { format: 'terrain-bundle', v: 1, campaignId: campaign.id, deviceId, publicKey, credential, createdAt: new Date(server.context.clock.now()).toISOString(), runs: [run], files: [] } }
  },
  'POST /api/v1/import/parts/:id': () => ({ path: `/import/parts/${idOf.fresh()}?at=0`, body: Buffer.from('terrain-bundle/2\n'), headers: { 'content-type': 'application/octet-stream' } }),
  'GET /api/v1/export': get('/export?format=csv&kind=challenge&lang=en'),
  'GET /api/v1/reports/working': get(`/reports/working?${days}&format=docx`),
  'GET /api/v1/reports/draft': get('/reports/draft'),
  'PUT /api/v1/reports/draft': settingDays,
  'GET /api/v1/reports/draft/evidence': get('/reports/draft/evidence?language=en'),
  'PUT /api/v1/reports/draft/parts/:id': () => {
    const part = { ...aFinding(1), id: idOf.fresh() }
    return { path: `/reports/draft/parts/${part.id}`, body: { part, place: 1, was: 0 } }
  },
  'DELETE /api/v1/reports/draft/parts/:id': async (about) => {
    const part = { ...aFinding(1), id: idOf.fresh() }
    await sendAs(about, 'PUT', { path: `/reports/draft/parts/${part.id}`, body: { part, place: 1, was: 0 } })
    return { path: `/reports/draft/parts/${part.id}?was=1` }
  },
  'POST /api/v1/reports/draft/publish': publishing,
  'POST /api/v1/reports/issues/:number/corrections': async (about) => {
    await sendAs(about, 'POST', await publishing(about))
    return { path: '/reports/issues/1/corrections', body: { id: idOf.fresh(), sentence: null, text: 'The school is open again.', lang: 'en' } }
  },
  'GET /api/v1/reports/draft/figures': async (about) => {
    await anEntry({ owner: about.caller })
    return { path: `/reports/draft/figures?id=challenges&${days}` }
  },
  'GET /api/v1/reports/used': get('/reports/used'),
  'GET /api/v1/audit': get('/audit?limit=20&type=record'),
  'GET /api/v1/audit/export': get('/audit/export?format=csv'),
}

/** What no stolen session may do alone: each of them is refused without a proof by the device's key. */
export const provedRoutes: readonly string[] = [
  'POST /api/v1/campaigns', 'PATCH /api/v1/campaigns/:id', 'PATCH /api/v1/members/:id', 'POST /api/v1/members/:id/erase', 'GET /api/v1/members/:id/held', 'DELETE /api/v1/devices/:id', 'POST /api/v1/invites', 'GET /api/v1/export',
  'GET /api/v1/reports/working', 'POST /api/v1/reports/draft/publish', 'POST /api/v1/reports/issues/:number/corrections', 'GET /api/v1/audit/export',
]

async function secretFor({ server, owner }: Asking): Promise<string> {
  const { url } = await createInvite(server.context, { campaignId: owner.joined.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
  return url.split('#').at(-1) ?? ''
}

async function aView(about: Asking): Promise<string> {
  const id = idOf.fresh()
  await sendAs({ ...about, caller: about.desk }, 'PUT', { path: `/views/${id}`, body: { name: 'Wells', search: '?q=well' } })
  return id
}

async function settingDays(about: Asking): Promise<ApiCall> {
  return { path: '/reports/draft', body: { from: '2026-01-01', to: '2026-12-31', next: null, was: await draftVersion(about) } }
}

async function draftVersion(about: Asking): Promise<number> {
  return (await about.server.context.store.reports.draft(about.caller.joined.campaign.id)).settings?.version ?? 0
}

async function publishing(about: Asking): Promise<ApiCall> {
  await sendAs(about, 'PUT', await settingDays(about))
  const [{ parts }, version] = [await about.server.context.store.reports.draft(about.caller.joined.campaign.id), await draftVersion(about)]
  return { path: '/reports/draft/publish', body: { id: idOf.fresh(), settings: version, parts: parts.map((each) => ({ id: each.part.id, version: each.version })) } }
}

/** Sends what has to be there first; a volunteer, who may not, is refused here as they are afterwards. */
async function sendAs({ server, caller }: Asking, method: string, { path, body }: ApiCall): Promise<void> {
  await server.send(`/api/v1${path}`, { method, headers: { ...caller.headers, ...(await caller.proof(method, path, body)) }, body: JSON.stringify(body) })
}
