import { existsSync } from 'node:fs'
import { aptInstall } from './apt.mjs'
import { Advice } from './project.mjs'

const usualPlaces = {
  nginx: ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'],
  caddy: ['/usr/bin/caddy', '/usr/local/bin/caddy', '/opt/homebrew/bin/caddy'],
}
const packages = { nginx: 'nginx-light', caddy: 'caddy' }

/**
 * The proxy of the system, for the deep test of the whole installation; installed where that is possible without asking.
 * @param {'nginx' | 'caddy'} name
 * @returns {Promise<string>}
 */
export async function ensureProxy(name) {
  const find = () => usualPlaces[name].find((place) => existsSync(place))
  const present = find()
  if (present !== undefined) return present
  await aptInstall(name, [packages[name]])
  const program = find()
  if (program === undefined) throw new Advice(`The test of the whole installation needs ${name}: please install it.`)
  return program
}
