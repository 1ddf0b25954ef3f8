import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import sharp from 'sharp'
import { startAppServer } from '../support/app-server.ts'
import type { Engine } from './engine.ts'
import { openFirefox } from './firefox.ts'
import { walkAsCoordinator, walkAsVolunteer } from './walk.ts'
import { openWebKit } from './webkit.ts'

/*
 * `npm run engines`: the way from an invite to a received entry with a photo, the start without a server, and the places of the desk, in Firefox and in
 * WebKit. The gate has Chromium alone, so that it needs no more of a machine; this is for whoever changes what engines differ in.
 */

const { FIREFOX: firefox, WEBKIT_DRIVER: webKit } = process.env
const engines: readonly (() => Promise<Engine>)[] = [...(firefox ? [() => openFirefox(firefox)] : []), ...(webKit ? [() => openWebKit(webKit)] : [])]

async function main(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-engines-'))
  const photo = join(folder, 'photo.jpg')
  await writeFile(photo, await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#8a7f6a' } }).jpeg().toBuffer())
  let isWhole = true
  try {
    for (const open of engines) isWhole = (await walked(open, photo)) && isWhole
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return isWhole
}

async function walked(open: () => Promise<Engine>, photo: string): Promise<boolean> {
  const server = await startAppServer()
  let name = 'an engine'
  try {
    for (const walk of [walkAsVolunteer, walkAsCoordinator]) {
      const engine = await open()
      name = engine.name
      try {
        await walk(engine, server, photo)
      } finally {
        await engine.close()
      }
    }
    process.stdout.write(`${name}: recorded, sent, opened without a server, and read at the desk\n`)
    return true
  } catch (error) {
    process.stderr.write(`${name} failed: ${error instanceof Error ? error.message : String(error)}\n`)
    return false
  } finally {
    await server.stop()
  }
}

if (!(await main())) process.exitCode = 1
