import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { besides } from '../../scripts/bundle/code-beside-entry.mjs'

/** What the classic script hands over, by the names under which the module exports it. */
function handedOver({ code, module }: ReturnType<typeof besides>, ...given: readonly unknown[]): Readonly<Record<string, unknown>> {
  const self: { terrainFirst?: (...given: readonly unknown[]) => readonly unknown[] } = {}
  runInNewContext(code, { self })
  const values = self.terrainFirst?.(...given) ?? []
  return Object.fromEntries([...module.matchAll(/x(\d+) as ([$\w]+)/g)].map(([, at, name = '']) => [name, values[Number(at)]]))
}

it('[AP47] what the module exported is the same, by the same names, and its imports and its address are handed in', () => {
  const built = besides('const early=1;import{n as e}from"./a.js";import{t as f,o}from"./b.js";var a=e(2),b=()=>`${import.meta.url} ${f} ${o}`;function c(){return early}export{a as in,b as Zt,c};')
  expect(built.module).toMatch(/^import\{t as f,o\}from"\.\/b\.js";import\{n as e\}from"\.\/a\.js";const\[/)
  expect(built.module).toContain('self.terrainFirst(import.meta,')
  // In the order in which the module hands them in.
  const { in: two, Zt: said, c: early } = handedOver(built, { url: 'here' }, 'f', 'o', (n: number) => n * 2)
  expect([two, (said as () => string)(), (early as () => number)()]).toEqual([4, 'here f o', 1])
})

it('[AP47] what would get its value later is refused, and so is an export of another kind', () => {
  expect(() => besides('var a,b=()=>{a=1};export{a as x,b as y};')).toThrow('exports x')
  expect(() => besides('export * from"./a.js";')).toThrow('not understood')
  expect(() => besides('export const a=1;')).toThrow('not understood')
})
