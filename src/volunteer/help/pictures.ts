/** `soft` is a ground without an edge, `line` ink, `accent` what the picture is about, `done` what went well, `ask` what waits. */
export type Tone = 'soft' | 'line' | 'faint' | 'accent' | 'done' | 'ask'

export interface Stroke {
  readonly tone: Tone
  readonly d: string
}

/** A frame with round corners: where it begins, how large it is, how round. */
const box = (...[x, y, width, height, r]: readonly [number, number, number, number, number]): string => (
  `M${x + r} ${y}h${width - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${height - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - width}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - height}a${r} ${r} 0 0 1 ${r} ${-r}z`
)
const circle = (x: number, y: number, r: number): string => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const tick = (x: number, y: number, size: number): string => `M${x - size} ${y}l${size * 0.7} ${size * 0.7}l${size * 1.3} ${-size * 1.4}`
const cross = (x: number, y: number, size: number): string => `M${x - size} ${y - size}l${2 * size} ${2 * size}M${x + size} ${y - size}l${-2 * size} ${2 * size}`
const arrow = (x: number, y: number, length: number): string => `M${x} ${y}h${length}m-6 -5l6 5l-6 5`
const cloud = (x: number, y: number): string => `M${x - 18} ${y + 10}a9 9 0 0 1 1 -18a13 13 0 0 1 25 -3a10.500 10.500 0 0 1 11 21z`
/** The mark of "share" on Apple's phones: a tray with an arrow out of it. */
const share = (x: number, y: number): string => `M${x - 5} ${y - 3}h-4v15h18v-15h-4M${x} ${y + 5}v-17m-5 5l5 -5l5 5`

const phone = (x: number): readonly Stroke[] => [
  { tone: 'soft', d: box(x, 8, 44, 80, 8) },
  { tone: 'line', d: `${box(x, 8, 44, 80, 8)}M${x + 17} 81h10` },
]
const written = (x: number, y: number, lines = 3): Stroke => ({ tone: 'faint', d: Array.from({ length: lines }, (_, line) => `M${x + 8} ${y + line * 9}h${line === lines - 1 ? 16 : 28}`).join('') })
const desk = (x: number): readonly Stroke[] => [
  { tone: 'soft', d: box(x, 20, 56, 40, 4) },
  { tone: 'line', d: `${box(x, 20, 56, 40, 4)}M${x + 28} 60v12M${x + 14} 74h28` },
]

/** Small drawings in a frame of 160 by 96, mirrored with the direction of writing where they tell a way. */
export const pictures = {
  record: [...phone(58), written(58, 26), { tone: 'accent', d: 'M70 70l4 -12l22 -22l8 8l-22 22zM92 40l8 8' }],
  draft: [...phone(58), written(58, 26, 2), { tone: 'faint', d: 'M66 52h14' }, { tone: 'accent', d: 'M84 46v14M80 46h8M80 60h8' }, { tone: 'done', d: tick(116, 48, 8) }],
  offline: [...phone(20), written(20, 26), { tone: 'done', d: tick(42, 66, 7) }, { tone: 'line', d: cloud(118, 48) }, { tone: 'accent', d: 'M98 72l42 -44' }, { tone: 'faint', d: 'M72 48h4M82 48h4' }],
  sent: [...phone(8), written(8, 26), { tone: 'accent', d: arrow(60, 48, 26) }, ...desk(96), { tone: 'done', d: tick(124, 40, 8) }],
  question: [...phone(20), written(20, 26, 2), { tone: 'ask', d: `${box(26, 46, 32, 22, 4)}` }, { tone: 'accent', d: arrow(100, 38, -24).replace('m-6 -5l6 5l-6 5', 'm6 -5l-6 5l6 5') }, { tone: 'accent', d: arrow(76, 60, 24) }, { tone: 'ask', d: 'M122 42a10 10 0 1 1 14 9c-3 2 -4 4 -4 7M132 68v1' }],
  trail: [{ tone: 'line', d: 'M24 48h36M76 48h24' }, { tone: 'faint', d: 'M116 48h4M126 48h4M136 48h2' }, { tone: 'soft', d: `${circle(16, 48, 8)}${circle(68, 48, 8)}${circle(108, 48, 8)}` }, { tone: 'line', d: `${circle(16, 48, 8)}${circle(68, 48, 8)}` }, { tone: 'done', d: `${circle(108, 48, 8)}${tick(108, 48, 4)}` }, { tone: 'faint', d: circle(148, 48, 8) }, { tone: 'line', d: 'M13 43h6v10h-6zM68 43v8M64 48l4 4l4 -4' }],
  harm: [{ tone: 'soft', d: box(32, 12, 96, 72, 6) }, { tone: 'line', d: box(32, 12, 96, 72, 6) }, { tone: 'line', d: 'M60 76c0 -14 8 -20 20 -20s20 6 20 20' }, { tone: 'accent', d: `${box(66, 26, 28, 26, 3)}M66 35h28M66 43h28M75 26v26M84 26v26` }],
  storage: [...phone(58), { tone: 'faint', d: box(66, 30, 28, 42, 3) }, { tone: 'accent', d: 'M70 66h20M70 58h20M70 50h20' }, { tone: 'ask', d: 'M80 38v.5' }],
  practice: [...phone(58), written(58, 30, 2), { tone: 'accent', d: `${box(46, 50, 68, 24, 4)}M56 62h48` }, { tone: 'faint', d: 'M128 30h8M128 48h14M128 66h8' }],
  thrown: [...phone(20), { tone: 'faint', d: 'M28 30h28M28 39h28M28 48h16' }, { tone: 'accent', d: 'M102 36h36M112 36v-6h16v6M106 36l3 40h22l3 -40M116 46v20M124 46v20' }, { tone: 'faint', d: arrow(72, 52, 20) }],
  share: [...phone(58), { tone: 'faint', d: 'M66 22h28' }, { tone: 'soft', d: box(59, 62, 42, 16, 2) }, { tone: 'faint', d: 'M59 62h42' }, { tone: 'accent', d: share(80, 68) }, { tone: 'accent', d: circle(80, 68, 18) }],
  addHome: [...phone(58), { tone: 'faint', d: 'M66 26h28M66 36h28' }, { tone: 'accent', d: `${box(62, 44, 36, 18, 3)}M68 53h12M90 48v10M85 53h10` }, { tone: 'faint', d: 'M66 70h28' }],
  homeScreen: [...phone(58), { tone: 'faint', d: `${box(65, 20, 8, 8, 2)}${box(76, 20, 8, 8, 2)}${box(87, 20, 8, 8, 2)}${box(65, 33, 8, 8, 2)}${box(87, 33, 8, 8, 2)}` }, { tone: 'accent', d: `${box(74, 44, 22, 22, 5)}${circle(85, 55, 5)}` }],
  menu: [...phone(58), { tone: 'faint', d: 'M66 24h20' }, { tone: 'accent', d: 'M95 19v.5M95 24v.5M95 29v.5' }, { tone: 'accent', d: `${box(68, 36, 30, 28, 3)}M73 50h20M83 46v-5` }, { tone: 'faint', d: 'M73 57h20' }],
  browser: [{ tone: 'soft', d: box(28, 16, 104, 64, 6) }, { tone: 'line', d: `${box(28, 16, 104, 64, 6)}M28 32h104` }, { tone: 'faint', d: 'M38 24h.5M46 24h.5M60 24h60' }, { tone: 'accent', d: `${circle(80, 56, 15)}M86 50l-4 9l-8 4l4 -9z` }],
  twoNotebooks: [...phone(8), { tone: 'faint', d: box(16, 26, 28, 36, 3) }, ...phone(108), { tone: 'accent', d: box(116, 26, 28, 36, 3) }, { tone: 'faint', d: 'M60 48h6M94 48h6' }, { tone: 'ask', d: cross(80, 48, 7) }],
  code: [...phone(8), ...phone(108), { tone: 'accent', d: `${box(14, 38, 32, 18, 3)}M20 47h3M27 47h3M34 47h3` }, { tone: 'accent', d: arrow(62, 48, 34) }, { tone: 'done', d: tick(130, 48, 8) }],
} as const satisfies Readonly<Record<string, readonly Stroke[]>>

export type PictureName = keyof typeof pictures

/** Drawings of a phone's own screen do not turn: their signs stand where the phone has them. */
export const fixedPictures: ReadonlySet<PictureName> = new Set(['share', 'addHome', 'homeScreen', 'menu', 'harm', 'browser'])
