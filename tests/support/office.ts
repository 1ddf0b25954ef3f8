import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { promisify } from 'node:util'
import { ensureOffice } from '../../scripts/office.mjs'

/** What opens our files in the deep runs, and nothing in the gate: it is large, and not every machine has it. */
export const programsWhenDeep: readonly string[] = process.env['TERRAIN_TEST'] === 'deep' ? ['LibreOffice'] : []

/**
 * What LibreOffice makes of files, without a screen: for the deep runs, which install it where they can. `to` is the ending of what is asked for. One
 * start for all of them; the texts come in the order of the files.
 */
export async function openedByOffice(files: readonly { readonly name: string; readonly bytes: Uint8Array }[], to: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-office-'))
  try {
    const paths = files.map(({ name }, index) => join(folder, `${index}-${name}`))
    for (const [index, { bytes }] of files.entries()) await writeFile(paths[index] ?? '', bytes)
    // A profile of its own: two of them on one profile wait for each other.
    await promisify(execFile)(await ensureOffice(), [`-env:UserInstallation=file://${join(folder, 'profile')}`, '--headless', '--convert-to', to, '--outdir', join(folder, 'out'), ...paths], { timeout: 600_000 })
    return await Promise.all(paths.map((path) => readFile(join(folder, 'out', `${basename(path, extname(path))}.${to}`), 'utf8')))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
