import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readConfig } from '#server/config.ts'

export interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly networks?: readonly string[]
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly user?: string
  readonly stop_grace_period?: string
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly volumes: Readonly<Record<string, unknown>>
}

export const text = (path: string): string => readFileSync(path, 'utf8')

export function readCompose(): Compose {
  return parse(text('deploy/compose.yml'), { merge: true }) as Compose
}

/** `NAME=value` of each line that is no comment. */
export function readVariables(source: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...source.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
}

/** Names between `${` and what Compose allows behind it. */
export function interpolatedIn(source: string): readonly string[] {
  return [...new Set([...source.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = '']) => name))]
}

/** As Compose does: `${NAME}`, `${NAME:-default}` and `${NAME:?why not}`. */
export function interpolated(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$\{([A-Z0-9_]+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, usual: string | undefined) => {
    const given = variables[name] ?? ''
    return given === '' ? (usual ?? '') : given
  })
}

/** Every variable that the server asks its environment for, as it asks. */
export function variablesOfServer(): ReadonlySet<string> {
  const asked = new Set<string>()
  const env = new Proxy<Readonly<Record<string, string | undefined>>>({ METRICS_PORT: '1', S3_ENDPOINT: 'http://s3', S3_BUCKET: 'reports', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b', BACKUP_DIR: '/b', UPLOAD_DIR: '/u' }, {
    get: (target, name) => {
      if (typeof name === 'string') asked.add(name)
      return Reflect.get(target, name)
    },
  })
  readConfig(env, '/')
  return asked
}
