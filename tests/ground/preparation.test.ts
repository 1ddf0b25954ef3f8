import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { hashSources } from '../../scripts/build.mjs'
import { isInstalled } from '../../scripts/install.mjs'
import { isNewEnough } from '../../scripts/node.mjs'

describe('what runs before Terrain does', () => {
  it('[GR14] packages are installed when they are missing or differ from the lockfile', () => {
    const wanted = { '': {}, 'node_modules/a': { version: '1.0.0' } }
    expect(isInstalled(wanted, null)).toBe(false)
    expect(isInstalled(wanted, {})).toBe(false)
    expect(isInstalled(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false)
    expect(isInstalled(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true)
  })

  it('[GR14] packages for other platforms may be absent, but not outdated', () => {
    const wanted = { 'node_modules/a': { version: '1.0.0', optional: true } }
    expect(isInstalled(wanted, {})).toBe(true)
    expect(isInstalled(wanted, { 'node_modules/a': { version: '0.9.0' } })).toBe(false)
  })

  it('[GR15] the Node that runs is 24.12 or newer', () => {
    expect(['24.12.0', '24.21.0', '26.0.1'].map(isNewEnough)).toEqual([true, true, true])
    expect(['20.20.2', '22.23.3', '24.11.9'].map(isNewEnough)).toEqual([false, false, false])
  })
})

describe('the built client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terrain-build-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('[GR16] is built again when its sources changed, and not for a change of the server', () => {
    const write = (path: string, text: string): string => {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), text)
      return hashSources(folder)
    }
    const first = write('src/app/main.tsx', 'one')
    expect(write('src/server/main.ts', 'one')).toBe(first)
    expect(write('src/app/main.tsx', 'two')).not.toBe(first)
    expect(write('src/app/main.tsx', 'one')).toBe(first)
    expect(write('public/icon.svg', '<svg/>')).not.toBe(first)
  })
})
