/**
 * Where a careless program would put a text so that it runs: raw into markup, into an attribute, a script, a sheet. `null`: nowhere, it is
 * only odd, and may break what shows it.
 */
export type Sink =
  | 'element' | 'double' | 'single' | 'bare' | 'link' | 'frame' | 'scriptDouble' | 'scriptSingle' | 'scriptEscaped' | 'json' | 'scriptTemplate' | 'scriptLine' | 'scriptBlock' | 'written'
  | 'style' | 'styleAttribute' | 'comment' | 'title' | 'textarea' | 'noscript' | 'decoded' | 'percent' | 'xml' | 'curly' | 'sheet'

/** One hostile text. Where it runs it calls `ran`, opens a dialog or asks for something under `/pwned/`, each time with its id. */
export interface Injection {
  readonly id: number
  readonly text: string
  readonly sink: Sink | null
}

/** `js` is the code that gives it away, with neither quotes nor spaces; `id` is its number. */
export type Shape = (js: string, id: number) => string

export interface Family {
  readonly shapes: readonly (readonly [Sink | null, Shape])[]
}

/** Ways in which code says that it ran: none is a word that a filter could look for. */
const cries: readonly ((id: number) => string)[] = [
  (id) => `ran(${id})`, (id) => `alert(${id})`, (id) => `self.ran(${id})`, (id) => `fetch(\`/pwned/${id}\`)`, (id) => `(0,ran)(${id})`, (id) => `[${id}].map(ran)`, (id) => `ran.call(0,${id})`, (id) => `setTimeout(ran,0,${id})`,
  (id) => `ran\`${id}\``, (id) => `Promise.resolve(${id}).then(ran)`, (id) => `import(\`/pwned/${id}\`)`,
]

/** The member of a family with this number: all shapes in turn, with the cries in turn of their own. */
export function memberOf({ shapes }: Family, turn: number, id: number): Injection {
  const [sink, shape] = shapes[turn % shapes.length] as Family['shapes'][number]
  const cry = cries[id % cries.length] as (typeof cries)[number]
  return { id, sink, text: shape(cry(id), id) }
}

/** A family whose members all run at the same place. */
export function at(sink: Sink | null, ...shapes: readonly Shape[]): Family {
  return { shapes: shapes.map((shape) => [sink, shape] as const) }
}

/** As much of a text as a field takes: half a tag is hostile, too. No sign is cut in two. */
export function fitted(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')
}
