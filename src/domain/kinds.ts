/** What an entry may be: what populations face, or what civil society does about it. Here, so that knowing it costs no schema. */
export const kinds = ['challenge', 'action'] as const
