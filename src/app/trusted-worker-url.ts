/** A `TrustedScriptURL`, or a plain string where the browser has no Trusted Types. TypeScript's DOM library knows only strings here. */
export type TrustedUrl = string

/** The part of Trusted Types that we use. */
export interface TrustedTypesFactory {
  readonly createPolicy: (name: string, rules: { readonly createScriptURL: (url: string) => string }) => { readonly createScriptURL: (url: string) => TrustedUrl }
}

/** The only address from which this origin may ever start a worker. */
export const workerAddress = '/sw.js'

/**
 * The worker's address in the form that `require-trusted-types-for 'script'` asks for. The content policy allows this one policy, by its
 * name and once; where Trusted Types are missing (Firefox, Safari) a plain string does.
 */
export function createTrustedWorkerUrl(trustedTypes: TrustedTypesFactory | undefined): TrustedUrl {
  if (trustedTypes === undefined) return workerAddress
  const policy = trustedTypes.createPolicy('terrain-worker', {
    createScriptURL: (url) => {
      if (url !== workerAddress) throw new TypeError(`no worker may come from ${url}`)
      return url
    },
  })
  return policy.createScriptURL(workerAddress)
}
