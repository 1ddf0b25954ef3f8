import { once } from 'node:events'
import { createServer } from 'node:http'

export interface PlainServer {
  readonly port: number
  readonly close: () => Promise<void>
}

const openRosaAnswer = '<OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0"><message nature="submit_success">full submission upload was successful!</message></OpenRosaResponse>'

/** Takes whatever comes and says so in as few words as its protocol has: what is counted on its line is the least that the protocol needs. */
export async function startPlainServer(): Promise<PlainServer> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'HEAD') return response.writeHead(204, { 'x-openrosa-version': '1.0', 'x-openrosa-accept-content-length': '104857600' }).end()
      if (request.url?.endsWith('/submission') === true) return response.writeHead(201, { 'content-type': 'text/xml; charset=utf-8', 'x-openrosa-version': '1.0', 'content-length': openRosaAnswer.length }).end(openRosaAnswer)
      return response.writeHead(201, { 'content-type': 'application/json', 'content-length': 11 }).end('{"ok":true}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return {
    port: address.port,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
