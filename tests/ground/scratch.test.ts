import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeScratch } from '../../scripts/scratch.mjs'

it('[GR30] each run has a folder of its own, from which programs start and through which others come, and it goes with all that is in it', () => {
  const [one, other] = [makeScratch(), makeScratch()]
  expect(one.folder).not.toBe(other.folder)

  const program = join(one.folder, 'deep', 'program')
  mkdirSync(join(one.folder, 'deep'))
  writeFileSync(program, '#!/bin/sh\necho started\n', { mode: 0o755 })
  expect(execFileSync(program, { encoding: 'utf8' })).toBe('started\n')
  expect(statSync(one.folder).mode & 0o777).toBe(0o755)

  one.remove()
  expect([existsSync(one.folder), existsSync(other.folder)]).toEqual([false, true])
  other.remove()
  expect(existsSync(other.folder)).toBe(false)
})
