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
  const pouch = await openPouchPage(peer.page, origin, docs)
  return {
    ...peer, pouch,
    close: async () => {
      await context.close()
      await remove()
    },
  }
}
