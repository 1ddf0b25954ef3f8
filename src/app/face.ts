import type { Preferences } from '#device/device.ts'
import { directionOf } from '#i18n/direction.ts'
import type { Locale } from '#i18n/locale.ts'
import { applyTheme } from '#ui/theme.ts'

type Theme = Preferences['theme']

/** Language, direction and theme of the document, and the colour of the browser's own bar. */
export interface Face {
  readonly speak: (locale: Locale) => void
  readonly wear: (theme: Theme) => void
}

/** Takes the colours of the bar from the shell's two `theme-color` lines, which stand for light and dark. */
export function createFace(page: Pick<Document, 'documentElement' | 'querySelectorAll'>): Face {
  const bars = [...page.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')]
  const [light = '', dark = ''] = bars.map((bar) => bar.content)
  const colours: Readonly<Record<Theme, readonly [string, string]>> = { system: [light, dark], light: [light, light], dark: [dark, dark], sun: ['#ffffff', '#ffffff'] }
  return {
    speak: (locale) => {
      page.documentElement.setAttribute('lang', locale)
      page.documentElement.setAttribute('dir', directionOf(locale))
    },
    wear: (theme) => {
      applyTheme(page.documentElement, theme)
      // Told anew it is sent to the browser anew.
      for (const [index, colour] of colours[theme].entries()) if (bars[index]?.content !== colour) bars[index]?.setAttribute('content', colour)
    },
  }
}
