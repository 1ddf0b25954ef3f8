import type { Browsing } from '#volunteer/ground.ts'

/**
 * How Terrain gets onto the home screen of this phone. `inside`: a window of another app (a messenger, a social network), whose storage
 * no browser sees; installing is impossible there, and what is written there is easily lost.
 */
export type InstallWay = 'installed' | 'ios' | 'inside' | 'menu'

const otherApps = /FBA[NV]|Instagram|Line\/|MicroMessenger|Snapchat|Twitter|TikTok|musical_ly|BytedanceWebview|Telegram|; wv\)/

export function installWayOf({ userAgent, maxTouchPoints, isStandalone }: Browsing): InstallWay {
  if (isStandalone) return 'installed'
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
  // Apple's own view for other apps leaves out the word Safari, which each browser on these phones has.
  if (otherApps.test(userAgent) || (isApple && !userAgent.includes('Safari/'))) return 'inside'
  return isApple ? 'ios' : 'menu'
}
