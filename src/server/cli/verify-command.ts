import { campaignFor } from '#server/cli/command.ts'
import type { Command } from '#server/cli/command.ts'
import { verifyFiles } from '#server/files/verify-files.ts'
import { verifyCampaign } from '#server/sync/verify.ts'

/** `terrain verify`: every hash, chain, seal, seq and file of a campaign; exit code 1 when anything does not hold. */
export const verifyCommand: Command = {
  usage: '[--campaign ID]',
  about: 'checks every hash, chain, seal and sequence number of what is stored, the bytes of every file, and the digest of every published report',
  options: { campaign: { type: 'string' } },
  run: async (input) => {
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const { faults: logFaults, ...counts } = await verifyCampaign(input.context.store, campaign.id)
    const { faults: fileFaults, files } = await verifyFiles(input.context, campaign.id)
    const faults = [...logFaults, ...fileFaults]
    for (const fault of faults) input.complain(Object.values(fault).join('  '))
    for (const [name, count] of Object.entries({ ...counts, files })) input.print(`${name}: ${String(count)}`)
    input.print(faults.length === 0 ? `Everything of "${campaign.name}" holds.` : `${faults.length} faults in "${campaign.name}".`)
    return faults.length === 0 ? 0 : 1
  },
}
