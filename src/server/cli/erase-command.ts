import * as v from 'valibot'
import { refSchema } from '#domain/ids.ts'
import type { EntryId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { campaignFor, memberFor } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { tellOfBackups, tellOfFiles } from '#server/cli/erase-told.ts'
import type { ErasedBy } from '#server/cli/erase-told.ts'
import { eraseCampaign, forgetErased } from '#server/files/erased-files.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { eraseEntries } from '#server/jobs/retention.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** As much as an erasure can hold. */
const maxReason = 500
const kinds = ['entry', 'member', 'whole-campaign'] as const

/** `terrain erase --entry REF --reason TEXT`, `--member NAME --reason TEXT` or `--whole-campaign NAME`: for good, and said back when it is done. */
export const eraseCommand: Command = {
  usage: '(--entry REF --reason TEXT | --member ID|NAME --reason TEXT | --whole-campaign NAME) [--campaign ID]',
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
    const left = (await forgetErased(context)).filter((file) => file.campaignId === campaign.id)
    print(`${ref.output} was erased before${left.length === 0 ? ': nothing of it is left to take out' : ''}.`)
    const code = tellOfFiles(input, left.length)
    await tellOfBackups(input, await erasedBy(input, campaign, id))
    return code
  }
  const before = await store.files.ofEntry(campaign.id, id)
  await eraseEntries(context, campaign, { ids: [id], reason })
  await store.erasures.compact()
  const left = (await Promise.all(before.map(({ sha256 }) => store.files.get(campaign.id, sha256)))).filter((file) => file !== null)
  print(`Erased: ${ref.output} with ${before.length - left.length} of its files.`)
  const stuck = (await store.erasures.leftFiles()).filter((file) => file.campaignId === campaign.id)
  const named = left.filter(({ sha256 }) => !stuck.some((file) => file.sha256 === sha256))
  if (named.length > 0) complain(`${named.length} of its files stay: another entry names them.`)
  const code = tellOfFiles(input, stuck.length)
  await tellOfBackups(input, await erasedBy(input, campaign, id))
  return code
}

/** The last change that took its words: an erasure may have come twice, and one that was set aside took none before it was released. */
async function erasedBy({ context: { store } }: CommandInput, { id: campaignId }: StoredCampaign, entry: EntryId): Promise<ErasedBy | null> {
  const seqs = (await store.changes.ofEntry(campaignId, entry)).flatMap(({ type, seq }) => (type === 'erase' || type === 'release' ? [seq] : []))
  return seqs.length === 0 ? null : { campaignId, seq: Math.max(...seqs) }
}

async function oneMember(input: CommandInput, campaign: StoredCampaign, reason: string): Promise<number> {
  const { context, print } = input
  const member = await memberFor(input, campaign)
  if (member === null) return 1
  const gone = await eraseMember(context, campaign, member.id, { by: { memberId: null, deviceId: null, at: instantOf(context.clock) }, reason })
  await context.store.erasures.compact()
  print(`Erased: ${gone?.entries ?? 0} entries of ${member.name}, with their files, and the name.`)
  const code = tellOfFiles(input, gone?.filesLeft ?? 0)
  await tellOfBackups(input)
  return code
}

/** Its name has to be written out: nobody means that by accident. */
async function wholeCampaign(input: CommandInput, campaign: StoredCampaign): Promise<number> {
  const { context, values, print, complain } = input
  if (values['whole-campaign'] !== campaign.name) {
    complain(`Nothing was erased. The campaign is called "${campaign.name}": write that name after --whole-campaign, if it is the one.`)
    return 2
  }
  const { filesLeft } = await eraseCampaign(context, campaign.id)
  print(`Erased: the campaign "${campaign.name}" with everybody and everything in it. Restart the servers, so that none of it stays in their memory.`)
  const code = tellOfFiles(input, filesLeft)
  await tellOfBackups(input)
  return code
}
