import { chromium } from '@playwright/test'
import { startAppServer } from '../tests/support/app-server.ts'
import { phone, slowPage } from './volunteer/field-phone.ts'
import { firstTap, firstPaint } from './volunteer/first-tap.ts'
const server = await startAppServer()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const context = await browser.newContext(phone)
const slow = await slowPage(context, { network: 'field' })
const t = new Map<string, any>(); let t0 = 0
slow.cdp.on('Network.requestWillBeSent', (e) => { t0 ||= e.timestamp; t.set(e.requestId, { url: e.request.url.replace(server.url, ''), start: e.timestamp - t0, prio: e.request.initialPriority, init: e.initiator.type }) })
slow.cdp.on('Network.responseReceived', (e) => { const r = t.get(e.requestId); if (r) r.resp = e.timestamp - t0 })
slow.cdp.on('Network.loadingFinished', (e) => { const r = t.get(e.requestId); if (r) { r.end = e.timestamp - t0; r.bytes = e.encodedDataLength } })
const { stands, answers } = await firstTap(slow, `${server.url}/join#${'x'.repeat(22)}`, { standsWhen: '#join-name', tap: 'button[type=submit]' })
console.log(await firstPaint(slow), stands, answers)
await new Promise((r) => setTimeout(r, Number(process.argv[2] ?? 0)))
for (const r of t.values()) console.log(r.start.toFixed(2), (r.resp ?? 0).toFixed(2), (r.end ?? 0).toFixed(2), r.bytes ?? 0, r.prio, r.init, r.url)
await browser.close(); await server.stop()
