import { instantOf } from '#domain/new-ids.ts'
import { campaignFor, memberFor } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { tellOfBackups, tellOfFiles } from '#server/cli/erase-told.ts'
import { eraseCampaign } from '#server/files/erased-files.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** `terrain erase --member NAME --reason TEXT` or `terrain erase --whole-campaign NAME`: for good, and said back before it is done. */
export const eraseCommand: Command = {
  usage: '--member ID|NAME --reason TEXT | --whole-campaign NAME  [--campaign ID]',
  about: 'takes out everything of one member, or a whole campaign: from the database, the files, the indexes and the reports at once, from backups when they are two weeks old',
  options: { member: { type: 'string' }, reason: { type: 'string' }, 'whole-campaign': { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const { values, complain } = input
    const isWhole = values['whole-campaign'] !== undefined
    if (isWhole === (values['member'] !== undefined)) {
      complain('Name either --member or --whole-campaign.')
      return 2
    }
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    return isWhole ? wholeCampaign(input, campaign) : oneMember(input, campaign)
  },
}

async function oneMember(input: CommandInput, campaign: StoredCampaign): Promise<number> {
  const { context, values, print, complain } = input
  const reason = typeof values['reason'] === 'string' ? values['reason'].trim() : ''
  if (reason === '') {
    complain('--reason must say why: it stands in the log.')
    return 2
  }
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
  await eraseCampaign(context, campaign.id)
  print(`Erased: the campaign "${campaign.name}" with everybody and everything in it. Restart the servers, so that none of it stays in their memory.`)
  await tellOfBackups(input)
  return 0
}
