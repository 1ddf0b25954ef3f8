import { roles } from '#protocol/membership.ts'
import type { Ability, Role } from '#protocol/membership.ts'

/** What each role may do. The screens ask for these and never for roles. */
const abilitiesByRole: Readonly<Record<Role, readonly Ability[]>> = {
  volunteer: ['record'],
  coordinator: ['record', 'review', 'readAll', 'manageMembers', 'invite', 'import', 'export', 'editCampaign', 'createCampaign'],
}

export function abilitiesOf(role: Role): readonly Ability[] {
  return abilitiesByRole[role]
}

export function may(actor: { readonly role: Role }, ability: Ability): boolean {
  return abilitiesOf(actor.role).includes(ability)
}

export function rolesWith(ability: Ability): readonly Role[] {
  return roles.filter((role) => may({ role }, ability))
}

/** Whose entries somebody may read whole: their own, and all of them with `readAll`. */
export function maySeeEntry(actor: { readonly role: Role; readonly memberId: string }, author: string | null): boolean {
  return may(actor, 'readAll') || (author !== null && actor.memberId === author)
}

/**
 * As what a member acts on a device. One that was made out of a session alone, without the key of the device before it, may be a thief's: it
 * goes on with what is its member's own, and is nobody's coordinator.
 */
export function roleOn(member: { readonly role: Role }, device: { readonly isVouched?: boolean }): Role {
  return device.isVouched === false ? 'volunteer' : member.role
}
