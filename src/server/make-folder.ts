import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A folder and what it stands in, where they are not there yet. Node's own way never comes back where a disk takes no folders (`/proc`): it is told that something is
 * missing, makes what stands above, which is there, and begins anew, with all of a processor.
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if (await isFolder(path)) return
    const above = dirname(path)
    if (Reflect.get(error as Error, 'code') !== 'ENOENT' || above === path) throw error
    await makeFolder(above, mode)
    // Once more and no oftener: what was missing above is there now, by us or by another process.
    await mkdir(path, { mode }).catch(async (again: unknown) => {
      if (!(await isFolder(path))) throw again
    })
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false)
}
