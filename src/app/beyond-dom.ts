import type { TrustedTypesFactory } from '#app/trusted-worker-url.ts'

// What some browsers have and TypeScript's DOM library does not know yet; all of it may be missing.
export interface Launch {
  readonly targetURL?: string | undefined
  /** What the system opened with Terrain. */
  readonly files?: readonly { readonly kind: string; readonly getFile?: () => Promise<File> }[] | undefined
}

declare global {
  interface Window {
    readonly launchQueue?: { readonly setConsumer: (consume: (launch: Launch) => void) => void }
    readonly trustedTypes?: TrustedTypesFactory
  }
  interface ServiceWorkerRegistration {
    /** Background Sync, in Chromium only. */
    readonly sync?: { readonly register: (tag: string) => Promise<void> }
  }
}
