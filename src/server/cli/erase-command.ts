import * as v from 'valibot'
import { backUp } from '#server/backup/back-up.ts'
import { listBackups } from '#server/backup/folder.ts'
import { refSchema } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import { campaignFor, memberFor } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { eraseCampaign } from '#server/files/erased-files.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { eraseEntries } from '#server/jobs/retention.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** As much as an erasure can hold. */
const maxReason = 500
const kinds = ['entry', 'member', 'whole-campaign'] as const

/** `terrain erase --entry REF --reason TEXT`, `--member NAME --reason TEXT` or `--whole-campaign NAME`: for good, and said back when it is done. */
export const eraseCommand: Command = {
  usage: '--entry REF --reason TEXT | --member ID|NAME --reason TEXT | --whole-campaign NAME  [--campaign ID]',
  about: 'takes out one entry, everything of one member, or a whole campaign: from the database, the files, the indexes and the reports at once, from backups when they are two weeks old',
  options: { entry: { type: 'string' }, member: { type: 'string' }, reason: { type: 'string' }, 'whole-campaign': { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const { values, complain } = input
    const [kind, ...others] = kinds.filter((name) => values[name] !== undefined)
    if (kind === undefined || others.length > 0) {
      complain('Name either --entry, --member or --whole-campaign.')
      return 2
    }
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    if (kind === 'whole-campaign') return wholeCampaign(input, campaign)
    const reason = typeof values['reason'] === 'string' ? values['reason'].trim() : ''
    if (reason === '' || reason.length > maxReason) {
      complain(`--reason must say why, in ${maxReason} characters at most: it stands in the log.`)
      return 2
    }
    return kind === 'entry' ? oneEntry(input, campaign, reason) : oneMember(input, campaign, reason)
  },
}

/** By its name as people write it. Sealed by the server like what its time erases, because nobody's device is here. */
async function oneEntry(input: CommandInput, campaign: StoredCampaign, reason: string): Promise<number> {
  const { context, values, print, complain } = input
  const { store } = context
  const ref = v.safeParse(refSchema, String(values['entry']).trim().toUpperCase())
  const id = ref.success ? await store.audit.entryOf(campaign.id, ref.output) : null
  if (!ref.success || id === null) {
    complain(`"${campaign.name}" has no entry ${String(values['entry'])}. Entries are called as the desk shows them: C-000123, A-000045.`)
    return 1
  }
  if (await store.erasures.isErased(campaign.id, id)) {
    print(`${ref.output} was erased before: nothing of it is left to take out.`)
    return tellOfBackups(input)
  }
  const before = await store.files.ofEntry(campaign.id, id)
  await eraseEntries(context, campaign, { ids: [id], reason })
  await store.erasures.compact()
  const left = (await Promise.all(before.map(({ sha256 }) => store.files.get(campaign.id, sha256)))).filter((file) => file !== null)
  print(`Erased: ${ref.output} with ${before.length - left.length} of its files.`)
  if (left.length > 0) complain(`${left.length} of its files stay: another entry names them, or the storage cannot be reached now and the server takes them out later.`)
  return tellOfBackups(input)
}

async function oneMember(input: CommandInput, campaign: StoredCampaign, reason: string): Promise<number> {
  const { context, print } = input
  const member = await memberFor(input, campaign)
  if (member === null) return 1
  const gone = await eraseMember(context, campaign, member.id, { by: { memberId: null, deviceId: null, at: instantOf(context.clock) }, reason })
  await context.store.erasures.compact()
  print(`Erased: ${gone?.entries ?? 0} entries of ${member.name}, with their files, and the name.`)
  return tellOfBackups(input)
}

/** Its name has to be written out: nobody means that by accident. */
async function wholeCampaign(input: CommandInput, campaign: StoredCampaign): Promise<number> {
  const { context, values, print, complain } = input
  if (values['whole-campaign'] !== campaign.name) {
    complain(`Nothing was erased. The campaign is called "${campaign.name}": write that name after --whole-campaign, if it is the one.`)
    return 2
  }
  await eraseCampaign(context, campaign.id)
  print(`Erased: the campaign "${campaign.name}" with everybody and everything in it. Restart the servers, so that none of it stays in their memory.`)
  return tellOfBackups(input)
}

/** One without what was erased, so that the others are not needed any more. */
async function tellOfBackups(input: CommandInput): Promise<number> {
  const { context, print, complain } = input
  const root = context.config.backup?.dir
  if (root === undefined) return 0
  const before = (await listBackups(root)).length
  const { kind } = await backUp(backupGround(context), root)
  if (kind === 'unverified' || kind === 'busy') complain('No backup could be made now. The server makes one; look whether it is verified.')
  print(before === 0 ? `No older backup holds it in ${root}.` : `Older backups in ${root} hold it until they are two weeks old, and then go by themselves. Delete them by hand if it must not stay so long, and your own copies too.`)
  return 0
}
