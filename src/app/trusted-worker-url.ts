/** A `TrustedScriptURL`, or a plain string where the browser has no Trusted Types. TypeScript's DOM library knows only strings here. */
export type TrustedUrl = string

/** The part of Trusted Types that we use. */
export interface TrustedTypesFactory {
  readonly createPolicy: (name: string, rules: { readonly createScriptURL: (url: string) => string }) => { readonly createScriptURL: (url: string) => TrustedUrl }
}

/** The service worker's address. */
export const workerAddress = '/sw.js'

/** The worker that makes photos small, under the name that the build gives it. */
const photoWorker = /^\/assets\/photo-worker-[\w-]+\.js$/

/**
 * Signs a worker's address in the form that `require-trusted-types-for 'script'` asks for, and throws for any other than our two.
 * The content policy allows this one policy, by its name and once; where Trusted Types are missing (Firefox, Safari) a plain string does.
 */
export function createWorkerTrust(trustedTypes: TrustedTypesFactory | undefined): (url: string) => TrustedUrl {
  const policy = trustedTypes?.createPolicy('terrain-worker', {
    createScriptURL: (url) => {
      if (url !== workerAddress && !photoWorker.test(url)) throw new TypeError(`no worker may come from ${url}`)
      return url
    },
  })
  return (url) => policy?.createScriptURL(url) ?? url
}
