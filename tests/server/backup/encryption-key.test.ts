import { afterEach, describe, expect, it } from 'vitest'
import { createCampaign, ensureEncryptionKeys } from '#server/first-campaign.ts'
import { receiptFor } from '#server/sync/receipts.ts'
import { importSealed } from '#server/transfer/import-sealed.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { savedSecret } from '../../support/carried-phones.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { realPhone } from '../../support/real-phone.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'
import type { TestServer } from '../../support/test-server.ts'
import { bytesOf } from '../../support/unsent.ts'

describe.each(databasesWhenDeep)('the key that bundles are sealed for, on %s', (database) => {
  let server: BackupServer
  afterEach(() => server.close())

  const start = async () => {
    server = await BackupServer.start({ clock: steppedClock(), chance: seededChance(`encryption ${database}`) }, database)
    return createCampaign(server.context, { name: 'Solidarity Network', countries: ['HTI'], languages: ['en'] })
  }
  /** The same server as far as phones see it. */
  const asPhonesSeeIt = (campaign: TestServer['campaign']) => ({ context: server.context, app: server.app, campaign }) as TestServer

  it('[SE85] campaigns from before it get one at the start, once, and its private half is in no answer', async () => {
    const { id, name } = await start()
    await server.damage(`update campaigns set encryption_private_key = null, settings = replace(settings, '"encryptionKey"', '"later"')`)
    expect(await server.context.store.campaigns.get(id)).toMatchObject({ name, encryptionPrivateKey: null })
    await Promise.all([ensureEncryptionKeys(server.context.store), ensureEncryptionKeys(server.context.store)])
    const campaign = await server.context.store.campaigns.get(id)
    await ensureEncryptionKeys(server.context.store)
    expect(await server.context.store.campaigns.get(id)).toEqual(campaign)
    if (campaign === null) throw new Error('no campaign')
    const { device } = await realPhone(asPhonesSeeIt(campaign))
    const known = device.membership.get()?.campaign
    expect(known?.encryptionKey).toEqual(campaign.encryptionKey)
    expect(known?.encryptionKey).not.toEqual(known?.publicKey)
    expect(JSON.stringify(known)).not.toMatch(/private/i)
    device.close()
  })

  it('[SE86] a backup holds it, and what was sealed before the server was lost opens on the one that was restored', async () => {
    const campaign = await start()
    const phone = await realPhone(asPhonesSeeIt(campaign))
    expect(await server.backUp()).toMatchObject({ kind: 'made' })
    phone.ground.setOnline(false)
    await savedSecret(phone, 1, 2000)
    const bytes = await bytesOf(await phone.device.exportUnsent())
    await server.lose()
    expect(await server.restore()).toMatchObject({ kind: 'restored' })
    const restored = await server.context.store.campaigns.get(campaign.id)
    if (restored === null) throw new Error('no campaign')
    async function* pieces() {
      yield await Promise.resolve(bytes)
    }
    expect(await importSealed(server.context, { campaign: restored, memberId: campaign.serverMemberId }, pieces(), receiptFor(server.context))).toMatchObject({ accepted: 1, files: 2, refused: [] })
    phone.device.close()
  })
})
