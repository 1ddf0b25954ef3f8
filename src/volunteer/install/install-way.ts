/**
 * How Terrain gets onto the home screen of this phone. `inside`: a window of another app (a messenger, a social network), whose storage
 * no browser sees; installing is impossible there, and what is written there is easily lost.
 */
export type InstallWay = 'installed' | 'ios' | 'inside' | 'menu'

export interface Browsing {
  readonly userAgent: string
  readonly maxTouchPoints: number
  /** Opened from the home screen. */
  readonly isStandalone: boolean
}

const otherApps = /FBA[NV]|Instagram|Line\/|MicroMessenger|Snapchat|Twitter|TikTok|musical_ly|BytedanceWebview|Telegram|; wv\)/

export function installWayOf({ userAgent, maxTouchPoints, isStandalone }: Browsing): InstallWay {
  if (isStandalone) return 'installed'
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
  // Apple's own view for other apps leaves out the word Safari, which each browser on these phones has.
  if (otherApps.test(userAgent) || (isApple && !userAgent.includes('Safari/'))) return 'inside'
  return isApple ? 'ios' : 'menu'
}

export function browsingNow(page: Window): Browsing {
  const { navigator } = page
  const isAppleStandalone = 'standalone' in navigator && navigator.standalone === true
  return { userAgent: navigator.userAgent, maxTouchPoints: navigator.maxTouchPoints, isStandalone: isAppleStandalone || page.matchMedia('(display-mode: standalone)').matches }
}
