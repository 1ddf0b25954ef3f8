export const themes = ['system', 'light', 'dark', 'sun'] as const
/** How the app looks: as the system asks, always light, always dark, or black on white for reading in sunlight. */
export type Theme = (typeof themes)[number]

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value)
}

/** Marks the document with the theme; every colour token follows from there. `system` leaves the choice to the browser. */
export function applyTheme(root: Pick<HTMLElement, 'setAttribute' | 'removeAttribute'>, theme: Theme): void {
  if (theme === 'system') root.removeAttribute('data-theme')
  else root.setAttribute('data-theme', theme)
}
