import { existsSync } from 'node:fs'
import { aptInstall } from './apt.mjs'
import { Advice } from './project.mjs'

const usualPlaces = ['/usr/bin/soffice', '/usr/local/bin/soffice', '/opt/homebrew/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice']

/**
 * LibreOffice without a screen, for the deep tests that open our files with it; installed where that is possible without asking.
 * @returns {Promise<string>}
 */
export async function ensureOffice() {
  const find = () => usualPlaces.find((place) => existsSync(place))
  const present = find()
  if (present !== undefined) return present
  await aptInstall('LibreOffice', ['libreoffice-calc-nogui', 'libreoffice-writer-nogui'])
  const program = find()
  if (program === undefined) throw new Advice('The deep tests open files with LibreOffice: please install it.')
  return program
}
