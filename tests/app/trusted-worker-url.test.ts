import { expect, it } from 'vitest'
import { createTrustedWorkerUrl, workerAddress } from '#app/trusted-worker-url.ts'
import type { TrustedTypesFactory } from '#app/trusted-worker-url.ts'

it('[AP11] the worker address is signed by the one policy that the content policy names', () => {
  const names: string[] = []
  const trustedTypes: TrustedTypesFactory = {
    createPolicy: (name, rules) => {
      names.push(name)
      return { createScriptURL: (url) => `trusted:${rules.createScriptURL(url)}` }
    },
  }
  expect(createTrustedWorkerUrl(trustedTypes)).toBe('trusted:/sw.js')
  expect(names).toEqual(['terrain-worker'])
})

it('[AP11] the policy refuses every other address', () => {
  const refused: string[] = []
  createTrustedWorkerUrl({
    createPolicy: (_name, rules) => {
      for (const url of ['/sw.js?x', 'https://elsewhere.example/sw.js', 'data:text/javascript,1', '/assets/sw.js']) {
        expect(() => rules.createScriptURL(url)).toThrow(TypeError)
        refused.push(url)
      }
      return { createScriptURL: (url) => url }
    },
  })
  expect(refused).toHaveLength(4)
})

it('[AP11] where there are no Trusted Types a plain address does', () => {
  expect(createTrustedWorkerUrl(undefined)).toBe(workerAddress)
})
