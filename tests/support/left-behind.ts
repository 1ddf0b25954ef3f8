import process from 'node:process'

/** What files that share a process could change under each other: globals, what their prototypes do, the environment, the folder. */
export type Standing = ReadonlyMap<string, unknown>

export function standing(): Standing {
  const parts = new Map<string, unknown>([['the folder of the process', process.cwd()]])
  for (const [name, value] of Object.entries(process.env)) parts.set(`process.env.${name}`, value)
  const globals = Object.getOwnPropertyDescriptors(globalThis) as Readonly<Record<string, PropertyDescriptor>>
  for (const [name, about] of Object.entries(globals)) {
    parts.set(name, whatItDoes(about))
    const prototype: unknown = typeof about.value === 'function' ? Reflect.get(about.value, 'prototype') : undefined
    if (typeof prototype !== 'object' || prototype === null) continue
    for (const [key, method] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) parts.set(`${name}.prototype.${key}`, whatItDoes(method))
  }
  return parts
}

/** Names of what is not as it was. What has come to it in the meantime is no harm: libraries note there that they are loaded. */
export function leftBehind(before: Standing, now: Standing = standing()): readonly string[] {
  return [...before].filter(([name, value]) => !Object.is(now.get(name), value)).map(([name]) => name)
}

function whatItDoes(about: PropertyDescriptor): unknown {
  return Reflect.get(about, 'get') ?? about.value
}
