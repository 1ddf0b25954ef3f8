import type { Device } from '#device/device.ts'

/** An element as floor.js draws it again: its tag, its attributes, what is in it. */
export type Drawn = readonly [tag: string, attributes: Readonly<Record<string, string>>, children: readonly (Drawn | string)[]]

/**
 * The frame of home as it stood last: its header and the way into a new entry, none of its entries. It is drawn again by `floor.js` at the
 * next start, a second before the app itself can stand on a cheap phone. Only for the very build that wrote it, whose styles it needs.
 */
export interface FirstPicture {
  readonly build: string
  /** The database of the campaign: a window of another one does not begin with it. */
  readonly campaign: string
  readonly lang: string
  readonly dir: string
  readonly theme: string | null
  readonly page: Drawn
}

/** Where it lies; `floor.js` knows the name too. */
export const pictureKey = 'terrain-first-picture'

export interface PictureGround {
  readonly page: Document
  /** Throws where the browser allows none. */
  readonly storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly path: () => string
  readonly campaign: string
  /** Calls when the page goes out of sight: what it shows by then is what the person knows. */
  readonly onHide: (call: () => void) => void
}

/** Taken now, and whenever home goes out of sight; one that looks otherwise than the person has chosen since is taken away. */
export function keepFirstPicture(device: Pick<Device, 'membership'>, ground: PictureGround): void {
  const keep = () => {
    try {
      keepNow(device.membership.get() ?? null, ground)
    } catch {
      // A storage that is full or shut: the next start begins with the plain shell.
    }
  }
  ground.onHide(keep)
  device.membership.subscribe(keep)
  keep()
}

function keepNow(membership: unknown, ground: PictureGround): void {
  const { storage: open, path } = ground
  const storage = open()
  const picture = membership === null || path() !== '/' ? null : takePicture(ground)
  if (picture !== null) return storage.setItem(pictureKey, JSON.stringify(picture))
  const kept = storage.getItem(pictureKey)
  if (kept !== null && (membership === null || !looksLike(ground, JSON.parse(kept) as Partial<FirstPicture>))) storage.removeItem(pictureKey)
  return undefined
}

function lookOf({ page, campaign }: PictureGround): Omit<FirstPicture, 'page'> {
  const { documentElement: root } = page
  return { campaign, build: page.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '', lang: root.lang, dir: root.dir, theme: root.getAttribute('data-theme') }
}

function looksLike(ground: PictureGround, kept: Partial<FirstPicture>): boolean {
  const look = lookOf(ground)
  return kept.build === look.build && kept.campaign === look.campaign && kept.lang === look.lang && kept.dir === look.dir && kept.theme === look.theme
}

/** Null where home does not stand. */
function takePicture(ground: PictureGround): FirstPicture | null {
  const { page } = ground
  const [main, dock] = [page.querySelector('#root main'), page.querySelector('#root nav:has(a[href^="/new/"])')]
  const whole = main?.parentElement ?? null
  if (whole === null || dock === null || dock.parentElement !== whole) return null
  return { ...lookOf(ground), page: drawn(whole, main) }
}

/** `empty` is drawn without what is in it. */
function drawn(element: Element, empty: Element | null): Drawn {
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
  if (element === empty) return [element.localName, { ...attributes, 'aria-busy': 'true' }, []]
  const children = [...element.childNodes].flatMap((node): readonly (Drawn | string)[] => {
    if (node instanceof Element) return [drawn(node, empty)]
    return node.textContent === null || node.textContent === '' ? [] : [node.textContent]
  })
  return [element.localName, attributes, children]
}
