import type { TrustedTypesFactory } from '#app/trusted-worker-url.ts'

// What some browsers have and TypeScript's DOM library does not know yet; all of it may be missing.
declare global {
  interface Window {
    readonly launchQueue?: { readonly setConsumer: (consume: (launch: { readonly targetURL?: string | undefined }) => void) => void }
    readonly trustedTypes?: TrustedTypesFactory
  }
  interface ServiceWorkerRegistration {
    /** Background Sync, in Chromium only. */
    readonly sync?: { readonly register: (tag: string) => Promise<void> }
  }
}
