import * as v from 'valibot'

/** A place in a schema where words may stand as a person, or a program that plays one, wrote them. */
export interface FreeText {
  /** `join.device.label`; `*` is each of a list or each key's value, `=` the key itself. */
  readonly place: string
  /** In UTF-16 code units; no schema of ours is without an end to it, but some leave it to the size of the whole. */
  readonly most: number
}

/** What the walk looks at of a schema: valibot keeps all of it in the open. */
interface Part {
  readonly type: string
  readonly entries?: Readonly<Record<string, Part>>
  readonly item?: Part
  readonly items?: readonly Part[]
  readonly key?: Part
  readonly value?: Part
  readonly wrapped?: Part
  readonly options?: readonly Part[]
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[]
}

/** Words that no list of codes, no id and no pattern has; at least as long as any field wants. */
const probe = '<i>some</i> "words" & more'

/** Every free text of a schema, found by asking it: what takes the probe takes whatever people write. */
export function freeTextsIn(schema: object, name: string): readonly FreeText[] {
  const found = new Map<string, FreeText>()
  walk(schema as Part, name, (text) => void found.set(text.place, text))
  return [...found.values()]
}

function walk(part: Part, place: string, onText: (text: FreeText) => void): void {
  const inner = (next: Part | undefined, path: string): void => (next === undefined ? undefined : walk(next, path, onText))
  if (part.type === 'string') {
    if (v.is(part as never, probe)) onText({ place, most: longest(part) })
    return
  }
  for (const [key, entry] of Object.entries(part.entries ?? {})) inner(entry, `${place}.${key}`)
  inner(part.wrapped, place)
  inner(part.item, `${place}.*`)
  inner(part.key, `${place}.=`)
  inner(part.value, `${place}.*`)
  for (const option of [...(part.options ?? []), ...(part.items ?? [])]) if (typeof option === 'object') inner(option, place)
}

function longest({ pipe = [] }: Part): number {
  const limits = pipe.flatMap(({ type, requirement }) => (type === 'max_length' && typeof requirement === 'number' ? [requirement] : []))
  return Math.min(Infinity, ...limits)
}
