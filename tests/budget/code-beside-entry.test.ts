import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { besides } from '../../scripts/bundle/code-beside-entry.mjs'

/** What the classic script hands over, by the names under which the module exports it. */
function handedOver({ code, module }: ReturnType<typeof besides>, ...given: readonly unknown[]): Readonly<Record<string, unknown>> {
  const self: { terrain_first?: (...given: readonly unknown[]) => readonly unknown[] } = {}
  runInNewContext(code, { self })
  const values = self.terrain_first?.(...given) ?? []
  const names = /const\[([^\]]*)\]=self/.exec(module)?.[1]?.split(',') ?? []
  const otherwise = new Map([...module.matchAll(/export\{(\S+) as (\w+)\}/g)].map(([, local, name]) => [local, name]))
  return Object.fromEntries(names.map((name, at) => [otherwise.get(name) ?? name, values[at]]))
}

it('[AP47] what the module exported is the same, by the same names, and its imports and its address are handed in', () => {
  const built = besides('const early=1;import{n as e}from"./a.js";import{t as f,o}from"./b.js";var a=e(2),b=()=>`${import.meta.url} ${f} ${o}`;function c(){return early}export{a as in,b as Zt,c};')
  expect(built.module).toBe('import{t as _0,o as _1}from"./b.js";import{n as _2}from"./a.js";export{$in as in};export const[$in,Zt,c]=self.terrain_first(import.meta,_0,_1,_2);\n')
  // In the order in which the module hands them in.
  const { in: two, Zt: said, c: early } = handedOver(built, { url: 'here' }, 'f', 'o', (n: number) => n * 2)
  expect([two, (said as () => string)(), (early as () => number)()]).toEqual([4, 'here f o', 1])
})

it('[AP47] what would get its value later is refused, and so is an export of another kind', () => {
  expect(() => besides('var a,b=()=>{a=1};export{a as x,b as y};')).toThrow('exports x')
  expect(() => besides('export * from"./a.js";')).toThrow('not understood')
  expect(() => besides('export const a=1;')).toThrow('not understood')
  expect(() => besides('import*as a from"./a.js";')).toThrow('not understood')
})
