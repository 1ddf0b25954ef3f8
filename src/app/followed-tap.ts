import { useEffect } from 'react'

/** What was tapped in the first picture is where the person wants to be, with home behind it: also where something else was followed before. */
export function followTap({ document: page, history, location }: Pick<Window, 'document' | 'history' | 'location'>): void {
  const asked = askedIn(page)
  delete page.documentElement.dataset['asked']
  if (asked === undefined || asked === location.pathname) return
  if (location.pathname === '/') history.pushState(null, '', asked)
  else history.replaceState(null, '', asked)
}

export function askedIn({ documentElement: { dataset } }: Document): string | undefined {
  return dataset['asked']
}

/**
 * Once more when the app has taken the place of the picture: it is drawn in pieces, which takes a cheap phone a tenth of a second, and until then
 * the picture is what people see and tap.
 */
export function useLateTap(isMember: boolean): void {
  useEffect(() => {
    if (isMember) followTap(window)
  }, [isMember])
}
