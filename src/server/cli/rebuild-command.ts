import { campaignFor } from '#server/cli/command.ts'
import type { Command } from '#server/cli/command.ts'

/** `terrain rebuild`: the lists of the desk anew from the changes. What differed was wrong, and is named. */
export const rebuildCommand: Command = {
  usage: '[--campaign ID]',
  about: 'makes the entries anew from the changes, and names those that were not as they should be',
  options: { campaign: { type: 'string' } },
  run: async (input) => {
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const { entries, differing } = await input.context.store.entries.rebuild(campaign.id)
    for (const id of differing) input.print(`differed: ${id}`)
    input.print(`${entries} entries of "${campaign.name}" made from their changes, ${differing.length} differed.`)
    return 0
  },
}
