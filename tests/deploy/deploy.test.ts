import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { maxBodyBytes } from '#server/http/create-app.ts'
import { maxBundleBytes } from '#server/transfer/import-sealed.ts'
import { serverAllocation, serverEnvironment, serverMemory } from '../../scripts/node.mjs'
import { readSources } from '../support/house-rules/source-file.ts'
import { startTestServer } from '../support/test-server.ts'
import { interpolated, interpolatedIn, readCompose, readVariables, text, variablesOfServer } from './read-deploy.ts'
import type { Service } from './read-deploy.ts'

const compose = readCompose()
const known = variablesOfServer()
const processes = Object.entries(compose.services).filter(([name]) => name.startsWith('terrain-'))
let routes: readonly string[] = []

beforeAll(async () => {
  const server = await startTestServer()
  await server.app.ready()
  routes = [...server.routes]
  await server.close()
})

/** Where nothing else is said a name is looked up at the usual place; a host in it would bind everybody to one. */
function namesHost(image: string): boolean {
  const [first = '', ...rest] = image.split('/')
  return rest.length > 0 && /[.:]|^localhost$/.test(first)
}

describe('the compose file', () => {
  it('[GR26] names only variables of .env.example, and that names no others', () => {
    const example = Object.keys(readVariables(text('deploy/.env.example')))
    expect(interpolatedIn(text('deploy/compose.yml')).toSorted()).toEqual(example.toSorted())
  })

  it('[GR26] gives the server an environment that it reads, and that is whole', () => {
    const env = { DOMAIN: 'terrain.example.org', POSTGRES_PASSWORD: 'a', S3_ACCESS_KEY_ID: 'b', S3_SECRET_ACCESS_KEY: 'c' }
    for (const filled of [env, { ...env, METRICS_PORT: '9464', METRICS_TOKEN: 'a-long-random-token' }]) {
      for (const [, { environment = {} }] of processes) {
        expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([])
        const config = readConfig(Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(value, filled)])), '/terrain')
        expect(config).toMatchObject({ ok: true, value: { publicUrl: 'https://terrain.example.org', s3: { bucket: 'terrain' }, trustedProxies: ['uniquelocal'] } })
      }
    }
  })

  it('[GR26] has two processes without rights, which nobody reaches but the proxy', () => {
    expect(processes).toHaveLength(2)
    for (const [, service] of processes) expect(service).toMatchObject({ read_only: true, user: '1000:1000', cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], networks: ['inside'] })
    expect(compose.networks['inside']?.internal).toBe(true)
    const reached = Object.entries(compose.services).filter(([, { ports, networks = [] }]) => ports !== undefined || networks.includes('outside'))
    expect(reached.map(([name]) => name)).toEqual(['proxy'])
  })

  it('[GR26] every file, volume, network and service that it names is there', () => {
    const services = Object.keys(compose.services)
    expect(Object.values(compose.services).flatMap((service) => missingFor(service, services))).toEqual([])
    expect(missingFor({ image: 'registry.example.org/a', volumes: ['nobody:/x'], depends_on: ['nobody'] }, services)).toEqual(['registry.example.org/a', 'nobody', 'nobody'])
  })

  it('[GR26] waits longer than a server that ends', () => {
    for (const [, { stop_grace_period: patience = '', environment = {} }] of processes) expect(Number(patience.replace('s', ''))).toBeGreaterThan(Number(environment['SHUTDOWN_DELAY']) + 20)
  })
})

/** What a service names and nobody has. */
function missingFor({ image, build, volumes = [], networks = [], depends_on: others = [] }: Service, services: readonly string[]): readonly string[] {
  const sources = volumes.map((volume) => interpolated(volume, { BACKUPS: 'data' }).split(':')[0] ?? '')
  return [
    ...(image !== undefined && namesHost(image) ? [image] : []),
    ...(build !== undefined && !existsSync(join('deploy', build.context, build.dockerfile)) ? [build.dockerfile] : []),
    ...sources.filter((source) => !(source.startsWith('.') ? existsSync(join('deploy', source)) : source in compose.volumes)),
    ...networks.filter((network) => !(network in compose.networks)),
    ...(Array.isArray(others) ? (others as readonly string[]) : Object.keys(others)).filter((other) => !services.includes(other)),
  ]
}

describe('the image', () => {
  const lines = text('deploy/Containerfile').replaceAll('\\\n', ' ').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const ignored = text('.containerignore').split('\n').filter((line) => line !== '')

  it('[GR26] copies what is there and is not kept out of it', () => {
    const sources = lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from=')).flatMap((line) => line.split(/\s+/).slice(1, -1))
    expect(sources.length).toBeGreaterThan(8)
    for (const source of sources) {
      expect(existsSync(source)).toBe(true)
      expect(ignored).not.toContain(source.split('/')[0])
    }
    expect(text('.dockerignore')).toBe(text('.containerignore'))
    for (const secret of ['.git', 'data', 'deploy/.env', 'deploy/backups']) expect(ignored).toContain(secret)
  })

  it('[GR26] runs what it has copied, as nobody in particular, and looks whether it lives', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    const programs = last.filter((line) => /^(?:CMD|HEALTHCHECK)/.test(line)).map((line) => (JSON.parse(line.slice(line.indexOf('['))) as readonly string[])[1] ?? '')
    expect(programs).toEqual(['deploy/healthy.mjs', 'src/server/main.ts'])
    for (const program of programs) expect([existsSync(program), last.some((line) => line.startsWith('COPY') && line.includes(`./${program.split('/')[0]}`))]).toEqual([true, true])
    expect(last.findIndex((line) => line === 'USER node')).toBeGreaterThan(last.findLastIndex((line) => line.startsWith('RUN')))
  })

  it('[GR26] the server takes as much memory however it is started, and what its operator says goes before', () => {
    expect(lines).toContain(`ENV NODE_OPTIONS="${serverMemory}" NODE_COMPILE_CACHE=/tmp/node`)
    expect(text('deploy/systemd/run')).toContain(`export NODE_OPTIONS="\${NODE_OPTIONS:-${serverMemory}}"`)
    const allocation = Object.entries(serverAllocation)
    expect(lines).toContain(`ENV ${allocation.map(([name, value]) => `${name}=${value}`).join(' ')}`)
    expect(text('deploy/systemd/run')).toContain(`export ${allocation.map(([name, value]) => `${name}="\${${name}:-${value}}"`).join(' ')}`)
    expect(serverEnvironment(process.execPath)).toMatchObject(serverAllocation)
    const before = process.env['NODE_OPTIONS']
    delete process.env['NODE_OPTIONS']
    expect(serverEnvironment(process.execPath)['NODE_OPTIONS']).toBe(serverMemory)
    process.env['NODE_OPTIONS'] = '--max-old-space-size=4096'
    expect(serverEnvironment(process.execPath)['NODE_OPTIONS']).toBe('--max-old-space-size=4096')
    if (before === undefined) delete process.env['NODE_OPTIONS']
    else process.env['NODE_OPTIONS'] = before
  })

  it('[GR26] what Node has compiled of the server is kept where only the service may write', () => {
    expect(serverEnvironment(process.execPath)['NODE_COMPILE_CACHE']).toMatch(/node_modules[\\/]\.cache[\\/]node$/)
    expect(text('deploy/systemd/run')).toContain('if [ -n "${CACHE_DIRECTORY:-}" ]; then export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$CACHE_DIRECTORY}"; fi')
    expect(text('deploy/systemd/terrain@.service')).toContain('CacheDirectory=terrain\nCacheDirectoryMode=0700')
  })

  it('[GR26] [GR27] installs without scripts, sets what the server reads, and names no host', () => {
    for (const line of lines.filter((line) => line.includes('npm ci'))) expect(line).toContain('--ignore-scripts')
    const variables = lines.filter((line) => line.startsWith('ENV ')).flatMap((line) => [...line.matchAll(/(?<=\s)([A-Z0-9_]+)=/g)].map(([, name = '']) => name))
    expect(variables.filter((name) => !known.has(name))).toEqual(['NODE_OPTIONS', 'NODE_COMPILE_CACHE', ...Object.keys(serverAllocation), 'NODE_ENV'])
    expect(lines.filter((line) => line.startsWith('FROM ') && namesHost(line.split(' ')[1] ?? ''))).toEqual([])
  })

  it('[GR27] what the server imports is installed without the packages of development', () => {
    const { dependencies } = JSON.parse(text('package.json')) as { readonly dependencies: Readonly<Record<string, string>> }
    const served = readSources(...['server', 'domain', 'protocol', 'i18n', 'exchange', 'report', 'chart'].map((layer) => `src/${layer}`)).filter(({ path }) => /\.tsx?$/.test(path))
    const imported = served.flatMap(({ text: source }) => [...source.matchAll(/^(?:import|export) (?!type )[^'\n]* from '([^'#.][^']*)'|^import '([^'#.][^']*)'|\bimport\('([^'#.][^']*)'\)/gm)].map(([, a, b, c]) => a ?? b ?? c ?? ''))
    const packages = new Set(imported.filter((name) => !name.startsWith('node:')).map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')))
    expect(packages.size).toBeGreaterThan(15)
    expect([...packages].filter((name) => !(name in dependencies))).toEqual([])
  })
})

describe('the proxies', () => {
  it('[GR26] Caddy leads to the processes of the compose file and asks them whether they are ready', () => {
    const caddy = text('deploy/caddy/Caddyfile')
    expect(/reverse_proxy (.*) \{/.exec(caddy)?.[1]?.split(' ')).toEqual(processes.map(([name]) => `${name}:8080`))
    expect(routes).toContain(`GET ${/health_uri (\S+)/.exec(caddy)?.[1] ?? ''}`)
    expect(Number(/max_size (\d+)MB/.exec(caddy)?.[1]) * 1e6).toBeGreaterThan(maxBundleBytes)
  })

  it('[GR26] nginx hands on as it comes whatever is uploaded in pieces, and lets the largest through', () => {
    const nginx = text('deploy/nginx/terrain.conf')
    const asItComes = new RegExp(/location ~ (\S+) \{/.exec(nginx)?.[1] ?? '$^')
    const uploads = routes.filter((route) => /^(?:POST|PATCH) \/api\/v1\/(?:files|import)\b/.test(route))
    expect(uploads.length).toBeGreaterThanOrEqual(4)
    for (const route of uploads) expect(route.split(' ')[1]).toMatch(asItComes)
    const [whole = '', inPieces = ''] = nginx.split(/location ~/)
    expect(Number(/client_max_body_size (\d+)m/.exec(inPieces)?.[1]) * 2 ** 20).toBeGreaterThan(maxBundleBytes)
    // Everything else is taken in whole before it is handed on.
    const buffered = Number(/client_max_body_size (\d+)m/.exec(whole)?.[1]) * 2 ** 20
    expect([buffered > maxBodyBytes, buffered < 2 * maxBodyBytes]).toEqual([true, true])
  })

  it('[SE500] both write down neither who asks for what nor whom they could not serve, and a whole workshop comes through', () => {
    const [nginx, caddy] = [text('deploy/nginx/terrain.conf'), text('deploy/caddy/Caddyfile')]
    for (const server of nginx.split(/^server \{$/m).slice(1)) for (const line of ['\taccess_log off;', '\terror_log /var/log/nginx/error.log emerg;']) expect(server.split('\n')).toContain(line)
    expect(nginx.match(/_log /g)).toHaveLength(4)
    // Sixty phones behind one address, of which each asks for eight files at once.
    expect(Number(/limit_conn terrain_people (\d+);/.exec(nginx)?.[1])).toBeGreaterThanOrEqual(2 * 60 * 8)
    expect(caddy).toMatch(/^\tlog \{\s+format filter \{\s+wrap json\s+fields \{\s+request delete\s/m)
    expect(caddy.match(/^\s*log\b/gm)).toHaveLength(1)
  })

  it('[GR26] the kill switch that is called where nothing is built says so, and no stack', () => {
    const folder = mkdtempSync(join(tmpdir(), 'terrain-switch-'))
    mkdirSync(join(folder, 'scripts'))
    for (const name of ['kill-switch.mjs', 'project.mjs']) copyFileSync(join('scripts', name), join(folder, 'scripts', name))
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/kill-switch.mjs')], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([status, stderr.trim().split('\n').length, stderr.includes('dist/sw.js is not there')]).toEqual([1, 1, true])
  })

  it('[GR40] the systemd unit tries again for as long as it takes, as the compose file does', () => {
    const unit = text('deploy/systemd/terrain@.service')
    const [inUnit = '', inService = ''] = [unit.split('[Service]')[0], unit.split('[Service]')[1]]
    expect([inUnit.includes('\nStartLimitIntervalSec=0\n'), unit.includes('StartLimitBurst'), inService.includes('\nRestart=always\n'), inService.includes('\nRestartMaxDelaySec=30\n')]).toEqual([true, false, true, true])
    const compose = text('deploy/compose.yml')
    expect(compose.match(/^ *restart: unless-stopped$/gm)?.length).toBeGreaterThan(3)
  })

  it('[GR870] a backup or a picture for which there is not enough memory takes no server along', () => {
    expect(text('deploy/systemd/terrain@.service')).toMatch(/^OOMPolicy=continue$/m)
  })

  it('[GR26] the systemd unit runs what is there with what the server reads, as a user without rights', () => {
    const unit = text('deploy/systemd/terrain@.service')
    const program = /^ExecStart=\/opt\/terrain\/(\S+)$/m.exec(unit)?.[1] ?? ''
    expect(statSync(program).mode & 0o111).not.toBe(0)
    expect(text(program)).toContain('src/server/main.ts')
    const env = readVariables(text('deploy/systemd/terrain.env.example'))
    expect(Object.keys(env).filter((name) => !known.has(name))).toEqual([])
    expect(readConfig({ ...env, PORT: '8081' }, '/opt/terrain').ok).toBe(true)
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(Number(env['SHUTDOWN_DELAY']) + 20)
    for (const setting of ['User=terrain', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes', 'PrivateTmp=yes', 'CapabilityBoundingSet=', 'SystemCallFilter=@system-service', 'UMask=0077']) expect(unit.split('\n')).toContain(setting)
    expect(unit).toContain(`ReadWritePaths=${env['BACKUP_DIR'] ?? ''}`)
    // Where nothing else may be written, whoever takes another folder has to be told what to do.
    expect(text('docs/operate.md')).toContain('`systemctl edit terrain@.service` and there `[Service]` and `ReadWritePaths=')
    // One that was given up may be the only one that is left a moment later: the topology, in the deep runs, says what a desk saw then.
    for (const port of ['8081', '8082']) expect(text('deploy/nginx/terrain.conf')).toContain(`server 127.0.0.1:${port} max_fails=0;`)
  })
})

describe('what is written about it', () => {
  const handbook = text('docs/operate.md')
  const made = new Set(['deploy/.env', 'deploy/backups'])
  const scripts = Object.keys((JSON.parse(text('package.json')) as { readonly scripts: Readonly<Record<string, string>> }).scripts)

  it('[GR26] the README has every variable that the server reads', () => {
    const listed = new Set([...text('README.md').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name]) => name))
    expect([...known].filter((name) => !listed.has(name))).toEqual([])
  })

  it('[GR26] every file and every command that the handbook names is there', () => {
    for (const [, link = ''] of handbook.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) expect([link, existsSync(join(dirname('docs/operate.md'), link))]).toEqual([link, true])
    for (const [, path = ''] of handbook.matchAll(/\b(deploy\/[\w.@/-]*\w)/g)) expect([path, made.has(path) || existsSync(path)]).toEqual([path, true])
    for (const [, script = ''] of handbook.matchAll(/npm run (\w+)/g)) expect(scripts).toContain(script)
  })

  it('[GR500] the copy elsewhere is made without anybody, whatever a copy before has left, and old ones go, whichever machine made them', () => {
    const [, every = ''] = /^30 \* \* \* \* root (.*)$/m.exec(handbook) ?? []
    expect(every.split(' && ')).toEqual(['restic --quiet unlock', 'restic --quiet backup /var/backups/terrain', "restic --quiet forget --keep-within 14d --group-by '' --prune"])
    const [before = ''] = handbook.split('cat > /etc/cron.d/terrain-backup')
    expect([before.includes("ssh-keygen -t ed25519 -N ''"), before.includes('ssh-copy-id')]).toEqual([true, true])
  })

  it('[GR501] what is set for one process alone stands in a file of its own, which goes before that of all, and no drop-in hides another', () => {
    const files = [...text('deploy/systemd/terrain@.service').matchAll(/^EnvironmentFile=(.*)$/gm)].map(([, file = '']) => file)
    expect(files).toEqual(['/etc/terrain/terrain.env', '-/etc/terrain/terrain-%i.env'])
    expect([...handbook.matchAll(/systemctl edit (\S+?)`/g)].map(([, unit]) => unit)).toEqual(['terrain@.service'])
    expect(handbook).toContain('> /etc/terrain/terrain-8082.env')
  })

  it('[GR26] every variable that the handbook sets is one of the server, of Node or of the compose file', () => {
    const named = new Set(['NODE_OPTIONS', ...known, ...Object.keys(readVariables(text('deploy/.env.example')))])
    for (const [, name = ''] of handbook.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)/g)) expect([name, named.has(name)]).toEqual([name, true])
  })

  it('[GR26] a planted mistake is seen', () => {
    expect(interpolatedIn('${NOBODY:-x} ${DOMAIN}')).toEqual(['NOBODY', 'DOMAIN'])
    expect(interpolated('a${ONE}b${TWO:-2}${THREE:?no}', { ONE: '1', THREE: '3' })).toBe('a1b23')
    expect(known.has('NOBODY')).toBe(false)
  })
})
