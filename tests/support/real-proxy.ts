import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ensureProxy } from '../../scripts/proxies.mjs'

export type ProxyName = 'nginx' | 'Caddy'

interface Places {
  readonly port: number
  readonly plainPort: number
  readonly servers: readonly number[]
}

interface Certificate {
  readonly certificate: string
  readonly key: string
}

type Changes = readonly (readonly [RegExp, string])[]

interface RealProxy {
  /** What it has written down, all of it. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

/** A real proxy before our servers, by the file that is shipped for it. */
export async function startProxy(name: ProxyName, folder: string, places: Places): Promise<RealProxy> {
  const program = await ensureProxy(name === 'nginx' ? 'nginx' : 'caddy')
  const own = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') }
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', own.key, '-out', own.certificate, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'])
  const { args, env } = name === 'nginx' ? await forNginx(folder, places, own) : await forCaddy(folder, places, own)
  const proxy = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } })
  let said = ''
  proxy.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  const takeAlong = (): void => void proxy.kill('SIGTERM')
  process.once('exit', takeAlong)
  proxy.once('exit', () => process.off('exit', takeAlong))
  for (let tries = 0; !(await answers(places.port)); tries += 1) {
    if (tries > 200 || proxy.exitCode !== null) throw new Error(`${name} did not start: ${said}`)
    await wait(50)
  }
  return {
    said: () => said,
    stop: async () => {
      const ended = once(proxy, 'exit')
      proxy.kill('SIGTERM')
      await ended
    },
  }
}

async function forNginx(folder: string, { port, plainPort, servers: [first = 0, second = 0] }: Places, { certificate, key }: Certificate): Promise<{ readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }> {
  const config = changed(await readFile('deploy/nginx/terrain.conf', 'utf8'), [
    [/^\s*listen \[::\]:.*\n/gm, ''], [/listen 80;/, `listen 127.0.0.1:${plainPort};`], [/listen 443 /, `listen 127.0.0.1:${port} `],
    [/127\.0\.0\.1:8081/, `127.0.0.1:${first}`], [/127\.0\.0\.1:8082/, `127.0.0.1:${second}`], [/server_name .*;/g, 'server_name localhost;'],
    [/error_log .*? emerg;/g, 'error_log stderr emerg;'], [/ssl_certificate .*;/, `ssl_certificate ${certificate};`], [/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`],
  ])
  await writeFile(join(folder, 'terrain.conf'), config)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')
  const asRoot = process.getuid?.() === 0 ? 'user root;' : ''
  await writeFile(join(folder, 'nginx.conf'), `${asRoot} daemon off; worker_processes 2; pid ${join(folder, 'nginx.pid')}; error_log stderr warn; events {} http { access_log off; ${temporary} include ${join(folder, 'terrain.conf')}; }\n`)
  return { args: ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], env: {} }
}

/** Two lines besides addresses: our own certificate, since nobody gives one for this name, and no port 80. */
async function forCaddy(folder: string, { port, servers }: Places, { certificate, key }: Certificate): Promise<{ readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }> {
  const config = changed(await readFile('deploy/caddy/Caddyfile', 'utf8'), [
    [/terrain-1:8080 terrain-2:8080/, servers.map((server) => `127.0.0.1:${server}`).join(' ')],
    [/admin off/, 'admin off\n\tauto_https disable_redirects'], [/^\{\$DOMAIN\} \{/m, `{$DOMAIN} {\n\ttls ${certificate} ${key}`],
  ])
  await writeFile(join(folder, 'Caddyfile'), config)
  return { args: ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], env: { DOMAIN: `https://localhost:${port}`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } }
}

/** A change that finds nothing to change would test another file than the one that is shipped. */
function changed(shipped: string, changes: Changes): string {
  return changes.reduce((text, [from, to]) => {
    const after = text.replace(from, () => to)
    if (after === text) throw new Error(`the shipped file has nothing like ${String(from)}`)
    return after
  }, shipped)
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false).finally(() => socket.destroy())
}
