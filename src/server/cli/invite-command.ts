import { roles } from '#protocol/membership.ts'
import { createInvite } from '#server/auth/invites.ts'
import { campaignFor } from '#server/cli/command.ts'
import type { Command } from '#server/cli/command.ts'

/** `terrain invite --role volunteer|coordinator`: prints the link as its last line. */
export const inviteCommand: Command = {
  usage: '--role volunteer|coordinator [--uses 1] [--days 7] [--note TEXT] [--campaign ID]',
  about: 'makes an invite link and prints it as the last line',
  options: { role: { type: 'string' }, uses: { type: 'string' }, days: { type: 'string' }, note: { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const { values, print, complain, context } = input
    const role = roles.find((known) => known === values['role'])
    const uses = wholeNumber(values['uses'] ?? '1', 1000)
    const days = wholeNumber(values['days'] ?? '7', 90)
    if (role === undefined) complain('--role must be volunteer or coordinator.')
    if (uses === null) complain('--uses must be a whole number from 1 to 1000.')
    if (days === null) complain('--days must be a whole number from 1 to 90.')
    if (role === undefined || uses === null || days === null) return 2
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const note = typeof values['note'] === 'string' ? values['note'] : null
    const { invite, url } = await createInvite(context, { campaignId: campaign.id, role, uses, days, note, createdBy: null })
    if (new URL(url).hostname === 'localhost') complain('The link leads to this machine alone. For phones, call this with the PUBLIC_URL that the server was started with.')
    print(`An invite for ${uses === 1 ? `one ${role}` : `${uses} ${role}s`} of "${campaign.name}", until ${invite.expiresAt}:`)
    print(url)
    return 0
  },
}

function wholeNumber(value: unknown, max: number): number | null {
  const number = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN
  return number >= 1 && number <= max ? number : null
}
