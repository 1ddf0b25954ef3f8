/** A topic as a campaign calls it. Apart from the lists of codes, which are read behind the first screen. */
export interface Theme {
  readonly code: string
  readonly names?: Readonly<Record<string, string>> | undefined
}

/** The campaign's own name of a topic in this language, or null where the usual one holds. */
export function themeName(campaign: { readonly topics?: readonly Theme[] | undefined }, code: string, language: string): string | null {
  return campaign.topics?.find((theme) => theme.code === code)?.names?.[language] ?? null
}
