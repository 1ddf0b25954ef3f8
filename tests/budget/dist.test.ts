import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { parseAst } from 'vite'
import { describe, expect, it } from 'vitest'
import { inlineHashes } from '../../scripts/bundle/shell-plugins.mjs'
import { firstFiles, volunteerFiles } from '../../scripts/bundle/volunteer-files.mjs'
import { locales } from '#i18n/locale.ts'
import type { ViteManifest } from '../../scripts/bundle/volunteer-files.mjs'

// Reads the built app: `npm test` builds it before.
if (!existsSync('dist/.vite/manifest.json')) throw new Error('There is no built app in dist: run `npx vite build` first.')

const manifest = JSON.parse(read('.vite/manifest.json')) as ViteManifest
const html = read('index.html')
const worker = read('sw.js')
const kilobyte = 1000
// A file that the build names has no source of its own in the manifest.
const store = Object.keys(manifest).find((key) => manifest[key]?.name === 'store') ?? 'nothing'
const weights = new Map<string, number>()

describe('the first visit', () => {
  const filesOf = (parts: readonly (string | undefined)[]) => [...new Set(parts.flatMap((from) => firstFiles(manifest, from)))]
  // Who comes for the first time comes by a link, and joins before there is a home screen.
  const joinFilesIn = (language: string) => filesOf([undefined, languageOf(language)])
  const filesIn = (language: string) => filesOf([undefined, languageOf(language), store])
  const files = filesIn('en')

  it('[AP3] the home screen works with at most 130 kB of JavaScript and 15 kB of CSS', () => {
    const scripts = weigh([...files.filter((file) => file.endsWith('.js')), 'floor.js'])
    const styles = weigh(files.filter((file) => file.endsWith('.css')))
    tell('first visit, JavaScript', scripts)
    tell('first visit, CSS', styles)
    expect(scripts.sum).toBeLessThanOrEqual(130 * kilobyte)
    expect(styles.sum).toBeLessThanOrEqual(15 * kilobyte)
  })

  it('[AP3] every language is no heavier than the budget allows', () => {
    for (const language of locales) {
      const scripts = weigh([...filesIn(language).filter((file) => file.endsWith('.js')), 'floor.js'])
      tell(`first visit in ${language}, JavaScript`, scripts)
      expect(scripts.sum).toBeLessThanOrEqual(130 * kilobyte)
    }
  })

  it('[AP45] the join form needs at most 90 kB of it, and nothing of the store', () => {
    const [storeFile] = firstFiles(manifest, store)
    expect(storeFile).toMatch(/store/)
    for (const language of locales) {
      const scripts = weigh([...joinFilesIn(language).filter((file) => file.endsWith('.js')), 'floor.js'])
      tell(`join form in ${language}, JavaScript`, scripts)
      expect(scripts.sum).toBeLessThanOrEqual(90 * kilobyte)
      expect(joinFilesIn(language)).not.toContain(storeFile)
    }
  })

  it('[IN11] the labels and messages of later screens are not in it', () => {
    for (const language of locales) {
      const first = filesIn(language)
      const later = furtherOf(language).map((from) => manifest[from]?.file)
      expect(later.every((file) => file !== undefined && !first.includes(file))).toBe(true)
    }
  })

  it('[IN23] the names of messages and codes are kept once, and not in each language', () => {
    const spoken = locales.flatMap((language) => [languageOf(language), ...furtherOf(language)]).map((from) => manifest[from]?.file ?? '')
    expect(new Set(spoken).size).toBe(3 * locales.length)
    // Of the first screen, of the screens behind it, and of the lists.
    for (const name of ['home.draftEmpty', 'carry.outcome.delivered', 'PRO-GBV']) {
      const naming = volunteerFiles(manifest).filter((file) => read(file).includes(name))
      expect(naming.length).toBeGreaterThan(0)
      expect(naming.filter((file) => spoken.includes(file))).toEqual([])
    }
  })

  it('[AP30] [IN10] nothing of the pseudo-language is in any file', () => {
    const scripts = globSync('**/*.js', { cwd: 'dist' })
    expect(scripts.length).toBeGreaterThan(40)
    // Letters that none of the six languages writes, and the way to ask for it.
    expect(scripts.filter((file) => /[ĥķļŵ]|[`"']pseudo[`"']/.test(read(file)))).toEqual([])
  })

  it('[AP4] nothing of the desk is in it', () => {
    const [desk, ...deskFiles] = firstFiles(manifest, 'src/coordinator/coordinator-app.tsx')
    expect(desk).toBeDefined()
    expect(files).not.toContain(desk)
    expect(files.filter((file) => /desk|coordinator/.test(file))).toEqual([])
    expect(volunteerFiles(manifest)).not.toContain(desk)
    expect(deskFiles.length).toBeGreaterThan(0)
  })
})

describe('what is asked for ahead', () => {
  const ahead = JSON.parse(/name="asked-ahead" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '{}') as Readonly<Record<string, readonly string[]>>
  const besidesEntry = (from: string) => firstFiles(manifest, from).filter((file) => !firstFiles(manifest).includes(file)).map((file) => `/${file}`)

  const keptScripts = [...html.matchAll(/<template><script src="([^"]+)">/g)].map(([, file]) => file)

  it('[GR24] is all of a language and of the store that the first screen needs besides the entry', () => {
    expect(Object.keys(ahead).sort()).toEqual([...locales, 'store'].sort())
    // Its code as the tag of a script, which the shell keeps.
    expect([...(ahead['store'] ?? []), ...keptScripts]).toEqual(besidesEntry(store))
    expect(ahead['store']).toHaveLength(1)
    for (const language of locales) expect(ahead[language]).toEqual(besidesEntry(languageOf(language)))
  })

  it('[GR24] with the entry it is few files: on a slow line each request costs its round trip', () => {
    // The shell asks for the first chunk's code and for the module that calls it at once: a request more, and no round trip.
    for (const language of locales) expect(firstFiles(manifest, languageOf(language)).filter((file) => file.endsWith('.js')).length).toBeLessThanOrEqual(4)
  })
})

describe('the shell', () => {
  it('[AP1] its styles are inline, scripts are deferred, stylesheets stand behind everything that one sees', () => {
    const head = html.slice(0, html.indexOf('</head>'))
    expect(head).toMatch(/<style>[^<]*\.shell/)
    expect(head).not.toContain('rel="stylesheet"')
    expect(html.indexOf('rel="stylesheet"')).toBeGreaterThan(html.indexOf('class="shell"'))
    for (const [tag] of html.matchAll(/(?<!<template>)<script[^>]*>/g)) expect(tag).toMatch(/ defer| type="module"/)
  })

  it('[AP47] the code of the first chunk is a classic script in front of the module that calls it, in the precache too', () => {
    const [code = '', entry = ''] = firstFiles(manifest).filter((file) => /^assets\/(?:first|index)-/.test(file) && file.endsWith('.js')).toSorted()
    expect([...html.matchAll(/(?<!<template>)<script[^>]* src="\/(assets\/[^"]+)"/g)].map(([, file]) => file)).toEqual([code, entry])
    expect(read(code).length).toBeGreaterThan(50 * read(entry).length)
    expect(read(code)).not.toMatch(/[;\n](?:import|export)[ {"*]/)
    expect(worker).toContain(code)
  })

  it('[AP790] no module waits at its top level', () => {
    const waiting = globSync('dist/assets/*.js').filter((file) => waitsAtTopLevel(parseAst(readFileSync(file, 'utf8'))))
    expect([waiting, waitsAtTopLevel(parseAst('const a=async()=>{await 1};a()')), waitsAtTopLevel(parseAst('self.a||await new Promise(()=>{});export const b=1'))]).toEqual([[], false, true])
  })

  it('[AP17] the order of the style layers is fixed before any stylesheet is read', () => {
    expect(html.match(/@layer[^{};]*/)?.[0]?.replaceAll(' ', '')).toBe('@layertokens,base,components')
  })

  it('[AP2] every inline block is hashed, and nothing asks for more than hashes', () => {
    expect(JSON.parse(read('csp.json'))).toEqual(inlineHashes(html))
    expect(html).not.toMatch(/\sstyle="/)
    expect(html).not.toMatch(/\son[a-z]+="/)
    expect(html).not.toContain('javascript:')
  })

  it('[AP2] no script builds code from text', () => {
    for (const file of [...volunteerFiles(manifest), ...Object.values(manifest).map((chunk) => chunk.file)].filter((name) => name.endsWith('.js'))) {
      expect([...read(file).matchAll(/\beval\(|\bnew Function\(|[^.\w]Function\(["'`]/g)].map(([text]) => `${file}: ${text}`)).toEqual([])
    }
  })

  it('[AP2] styles hold no data: addresses, which the policy does not allow', () => {
    const sheets = [...new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []))]
    expect(sheets.filter((sheet) => /url\(["']?data:/.test(read(sheet)))).toEqual([])
  })
})

describe('the precache', () => {
  const listed = [...worker.matchAll(/\{[^{}]*?url:["'`]([^"'`]+)["'`][^{}]*?\}/g)].map(([, url = '']) => url).concat([...worker.matchAll(/"url":"([^"]+)"/g)].map(([, url = '']) => url))
  const files = [...new Set(listed)]

  it('[WO2] it is at most 400 kB', () => {
    expect(files).toContain('index.html')
    const all = weigh(files)
    tell('precache', all)
    expect(all.sum).toBeLessThanOrEqual(400 * kilobyte)
  })

  it('[WO2] it holds everything that a volunteer can need, languages included', () => {
    expect(volunteerFiles(manifest).filter((file) => !files.includes(file))).toEqual([])
    for (const language of locales) {
      expect(files).toEqual(expect.arrayContaining([languageOf(language), ...furtherOf(language)].flatMap((from) => firstFiles(manifest, from))))
    }
  })

  it('[WO2] it holds nothing of the desk', () => {
    const wanted = new Set(volunteerFiles(manifest))
    expect(files.filter((file) => file.startsWith('assets/') && !wanted.has(file))).toEqual([])
  })
})

describe('what the server sends', () => {
  it('[AP3] everything that shrinks lies there compressed', () => {
    for (const file of [...volunteerFiles(manifest), 'index.html', 'sw.js', 'floor.js', 'manifest.webmanifest'].filter((name) => /\.(?:js|css|html|webmanifest)$/.test(name))) {
      expect([file, existsSync(join('dist', `${file}.br`)), existsSync(join('dist', `${file}.gz`))]).toEqual([file, true, true])
    }
  })
})

function languageOf(locale: string): string {
  return `src/i18n/${locale}/language.ts`
}

/** What comes behind the first screen, labels and messages. */
function furtherOf(locale: string): readonly string[] {
  return [`src/i18n/labels/${locale}.ts`, `src/i18n/${locale}/volunteer-screens.ts`]
}

function read(file: string): string {
  return readFileSync(join('dist', file), 'utf8')
}

interface Weight {
  readonly sum: number
  readonly parts: readonly { readonly file: string; readonly bytes: number }[]
}

/** Brotli at its best, as the build compresses: what travels. */
function weigh(files: readonly string[]): Weight {
  const parts = files.map((file) => ({ file, bytes: weightOf(file) }))
  return { sum: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts }
}

/** Once a file: all languages share the largest, and at its best brotli is slow. */
function weightOf(file: string): number {
  const bytes = weights.get(file) ?? brotliCompressSync(readFileSync(join('dist', file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
  weights.set(file, bytes)
  return bytes
}

function tell(what: string, { sum, parts }: Weight): void {
  const heaviest = parts.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5).map(({ file, bytes }) => `${file.replace('assets/', '')} ${(bytes / kilobyte).toFixed(1)}`)
  console.log(`${what}: ${(sum / kilobyte).toFixed(1)} kB brotli in ${parts.length} files (${heaviest.join(', ')})`)
}

/** WebKit takes such a module for done as soon as a second one imports it. What functions wait for is their own affair. */
function waitsAtTopLevel(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(waitsAtTopLevel)
  if (typeof node !== 'object' || node === null) return false
  const { type, await: isAwaited } = node as { readonly type?: string; readonly await?: boolean }
  if (type === 'AwaitExpression' || (type === 'ForOfStatement' && isAwaited === true)) return true
  if (type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression') return false
  return Object.values(node).some(waitsAtTopLevel)
}
