import { openBrowser, profileFolder, slowPage } from '../volunteer/field-phone.ts'
import type { FieldPage } from '../volunteer/field-phone.ts'
import { openPouchPage } from './pouch-page.ts'
import type { PouchPage } from './pouch-page.ts'

export interface PeerBrowser extends FieldPage {
  readonly pouch: PouchPage
  readonly close: () => Promise<void>
}

/** A browser of its own: pages of one origin share a process, and one that is slowed down slows the other down once more. */
export async function openPeer(program: string, origin: string, docs: number): Promise<PeerBrowser> {
  const { dir, remove } = await profileFolder()
  const context = await openBrowser(program, dir)
  const peer = await slowPage(context, { network: 'as it is', cpu: 1 })
  return {
    ...peer,
    pouch: await openPouchPage(peer.page, origin, docs),
    close: async () => {
      await context.close()
      await remove()
    },
  }
}

/** Slowed down while it is measured: a page that is slowed down takes a core also while it does nothing. */
export async function slowed<Value>({ cdp }: Pick<FieldPage, 'cdp'>, rate: number, measure: () => Promise<Value>): Promise<Value> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate })
  try {
    return await measure()
  } finally {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  }
}
