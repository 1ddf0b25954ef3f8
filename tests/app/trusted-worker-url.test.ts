import { expect, it } from 'vitest'
import { createWorkerTrust, workerAddress } from '#app/trusted-worker-url.ts'
import type { TrustedTypesFactory } from '#app/trusted-worker-url.ts'

it('[AP11] the addresses of our two workers are signed by the one policy that the content policy names', () => {
  const names: string[] = []
  const trustedTypes: TrustedTypesFactory = {
    createPolicy: (name, rules) => {
      names.push(name)
      return { createScriptURL: (url) => `trusted:${rules.createScriptURL(url)}` }
    },
  }
  const trust = createWorkerTrust(trustedTypes)
  expect([trust('/sw.js'), trust('/assets/photo-worker-B3x_9-aa.js')]).toEqual(['trusted:/sw.js', 'trusted:/assets/photo-worker-B3x_9-aa.js'])
  expect(names).toEqual(['terrain-worker'])
})

it('[AP11] the policy refuses every other address', () => {
  const trust = createWorkerTrust({ createPolicy: (_name, rules) => rules })
  const refused = ['/sw.js?x', 'https://elsewhere.example/sw.js', 'data:text/javascript,1', '/assets/sw.js', '/assets/photo-worker-a.js?x', '//elsewhere.example/assets/photo-worker-a.js', '/api/v1/files/assets/photo-worker-a.js']
  for (const url of refused) expect(() => trust(url)).toThrow(TypeError)
})

it('[AP11] where there are no Trusted Types a plain address does', () => {
  expect(createWorkerTrust(undefined)(workerAddress)).toBe(workerAddress)
})
