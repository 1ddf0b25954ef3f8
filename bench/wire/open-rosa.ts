import { once } from 'node:events'
import { Agent, request as ask } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { EntryContent } from '../../src/domain/entry.ts'

/**
 * The same entries as ODK Collect sends them: one `HEAD` to the address, then one multipart request an entry, as the OpenRosa standard
 * has it, not compressed, over one connection that stays open. Form, ids and times stand in it as an XForm has them.
 */
export async function submitAll(base: string, entries: readonly EntryContent[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const path = `/v1/key/${'k'.repeat(64)}/projects/1/submission`
  try {
    await answered(ask(`${base}${path}?deviceID=collect%3AmbbWqKQ2lZ7xHf0c`, { method: 'HEAD', agent, headers: collectHeaders() }))
    for (const entry of entries) {
      const { type, body } = multipart(xmlOf(entry))
      const asking = ask(`${base}${path}`, { method: 'POST', agent, headers: { ...collectHeaders(), 'content-type': type, 'content-length': Buffer.byteLength(body) } })
      asking.end(body)
      await answered(asking)
    }
    return entries.length + 1
  } finally {
    agent.destroy()
  }
}

/** What OkHttp and Collect put on each request. */
function collectHeaders(): Readonly<Record<string, string>> {
  return { 'X-OpenRosa-Version': '1.0', Date: new Date().toUTCString(), 'Accept-Encoding': 'gzip', 'User-Agent': 'org.odk.collect.android/v2026.2.1 Dalvik/2.1.0 (Linux; U; Android 13; SM-A045F Build/TP1A.220624.014)' }
}

function multipart(xml: string): { readonly type: string; readonly body: string } {
  const boundary = crypto.randomUUID()
  const disposition = 'Content-Disposition: form-data; name="xml_submission_file"; filename="challenge_2026-11-26_09-14-32.xml"'
  return { type: `multipart/form-data; boundary=${boundary}`, body: `--${boundary}\r\n${disposition}\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(xml)}\r\n\r\n${xml}\r\n--${boundary}--\r\n` }
}

function xmlOf(entry: EntryContent): string {
  const now = new Date().toISOString()
  const fields = Object.entries(entry).map(([name, value]) => `<${name}>${escaped(Array.isArray(value) ? value.join(' ') : String(value))}</${name}>`).join('')
  return `<?xml version='1.0' ?><data id="challenge" version="2026110100" xmlns:ev="http://www.w3.org/2001/xml-events" xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><start>${now}</start><end>${now}</end><deviceid>collect:mbbWqKQ2lZ7xHf0c</deviceid><username>awa</username>${fields}<meta><instanceID>uuid:${crypto.randomUUID()}</instanceID></meta></data>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

async function answered(asking: ReturnType<typeof ask>): Promise<void> {
  asking.end()
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
}
