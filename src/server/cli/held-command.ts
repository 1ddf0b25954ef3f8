import { instantOf } from '#domain/new-ids.ts'
import { campaignFor, memberFor } from '#server/cli/command.ts'
import type { Command } from '#server/cli/command.ts'
import { writeWhole } from '#server/cli/whole-file.ts'
import { heldAbout } from '#server/transfer/held-about.ts'

/** `terrain held --member NAME --out FILE.zip`: what is held about somebody, for them. */
export const heldCommand: Command = {
  usage: '--member ID|NAME --out FILE.zip [--campaign ID]',
  about: 'writes everything that is held about one member: all rows that name them as JSON, and the files that they sent',
  options: { member: { type: 'string' }, out: { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const { context, values, print, complain } = input
    const { out } = values
    if (typeof out !== 'string') {
      complain('--out must name the file to be written.')
      return 2
    }
    const campaign = await campaignFor(input)
    const member = campaign === null ? null : await memberFor(input, campaign)
    if (campaign === null || member === null) return 1
    const tell = () => context.store.audit.add(campaign.id, { act: 'member.exported', by: { memberId: null, deviceId: null, at: instantOf(context.clock) }, subject: member.id })
    await writeWhole(out, heldAbout(context, campaign, member), { tell })
    print(`What is held about ${member.name} is in ${out}. Give it to them alone: it names others as well, where they decided on their entries.`)
    return 0
  },
}
