import { createSignal } from '#device/signal.ts'
import type { Signal } from '#device/signal.ts'
import type { VoiceGround } from '#device/media/voice-recorder.ts'
import type { PermissionWatch } from '#volunteer/fields/position-search.ts'

/** What the browser says of itself: how Terrain gets onto the home screen follows from it. */
export interface Browsing {
  readonly userAgent: string
  readonly maxTouchPoints: number
  /** Opened from the home screen. */
  readonly isStandalone: boolean
}

/** What the screens take from the browser besides the device; others in tests. */
export interface VolunteerGround {
  /** Milliseconds since 1970, as the phone believes. */
  readonly now: () => number
  readonly geolocation: Pick<Geolocation, 'watchPosition' | 'clearWatch'> | undefined
  /** Whether the browser may tell where it is; absent where it does not say. */
  readonly locationPermission?: PermissionWatch | undefined
  /** The version of the app, as the build knows it. */
  readonly version: string
  readonly browsing: () => Browsing
  /** Puts a text on the clipboard; false where the browser does not allow it. */
  readonly copy: (text: string) => Promise<boolean>
  /** Gives a file to the person: by the share sheet where there is one, else as a download. */
  readonly handOver: (file: File) => Promise<HandedOver>
  /** Where the service worker keeps what other apps have shared; absent where the browser has no such place. */
  readonly caches?: Pick<CacheStorage, 'has' | 'open'> | undefined
  /** By these windows know of each other; absent where the browser has none. */
  readonly locks?: Pick<LockManager, 'request'> | undefined
  /** A file that the system opened with Terrain and nobody has taken yet. */
  readonly openedFile?: Signal<File | null> | undefined
  /** A worker's address as the content policy wants it. */
  readonly trustWorker: (url: string) => string
  /** Goes on in another campaign of this browser; the browser's own where a test brings none. */
  readonly openCampaign?: ((database: string, path: string) => void) | undefined
  /** The microphone, where a test brings its own; else that of the browser, loaded with the first voice note. */
  readonly voice?: VoiceGround | undefined
}

/** `stopped`: the person closed the share sheet. */
export type HandedOver = 'shared' | 'saved' | 'stopped'

export function createBrowserGround(trustWorker: VolunteerGround['trustWorker'] = (url) => url): VolunteerGround {
  return {
    trustWorker,
    caches: isSecureContext ? caches : undefined,
    locks: isSecureContext ? navigator.locks : undefined,
    openedFile: createSignal<File | null>(null),
    now: () => Date.now(),
    geolocation: isSecureContext ? navigator.geolocation : undefined,
    locationPermission: isSecureContext ? watchLocationPermission : undefined,
    version: String(import.meta.env.TERRAIN_VERSION ?? 'development'),
    browsing: () => ({
      userAgent: navigator.userAgent,
      maxTouchPoints: navigator.maxTouchPoints,
      isStandalone: ('standalone' in navigator && navigator.standalone === true) || matchMedia('(display-mode: standalone)').matches,
    }),
    copy: async (text) => {
      try {
        await navigator.clipboard.writeText(text)
        return true
      } catch {
        return false
      }
    },
    handOver: async (file) => {
      if (!canShare(file)) return download(file)
      // A file that took long to make comes too late for the share sheet: then it is saved, and a second tap shares it.
      return navigator.share({ files: [file], title: file.name }).then(() => 'shared' as const, (error: unknown) => (isAbort(error) ? 'stopped' : download(file)))
    },
  }
}

/** Older browsers do not tell, and some throw at the question: then nothing is known of it. */
function watchLocationPermission(onState: (state: PermissionState) => void): () => void {
  const over = new AbortController()
  const asked = Promise.resolve().then(() => navigator.permissions.query({ name: 'geolocation' }))
  void asked.then((permission) => {
    if (over.signal.aborted) return
    onState(permission.state)
    permission.addEventListener('change', () => onState(permission.state), { signal: over.signal })
  }, () => undefined)
  return () => over.abort()
}

/** Desktop browsers can share files too, but there a download is what people expect. */
function canShare(file: File): boolean {
  return matchMedia('(pointer: coarse)').matches && typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] })
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

function download(file: File): HandedOver {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  // Safari reads it only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return 'saved'
}

export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
