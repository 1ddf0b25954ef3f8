import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const sheets = globSync('src/ui/**/*.css').map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const modules = sheets.filter(({ path }) => path.endsWith('.module.css'))

describe('styles', () => {
  it('[UI17] only the tokens name a colour', () => {
    const colours = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab|lch)\([^)]*\)/giu
    const named = modules.flatMap(({ path, text }) => [...text.matchAll(colours)].map(([colour]) => `${path} ${colour}`))
    expect(named).toEqual([])
  })

  it('[UI17] every token that is used is there', () => {
    const text = sheets.map((sheet) => sheet.text).join('\n')
    const set = new Set([...text.matchAll(/(--[a-z\d-]+)\s*:/g)].map(([, name]) => name))
    const used = [...text.matchAll(/var\((--[a-z\d-]+)\)/g)].map(([, name]) => name)
    expect(used.filter((name) => !set.has(name))).toEqual([])
  })

  it('[CO342] whatever scrolls by itself holds what is only read out in it: placed by the page, that made the page longer than its window', () => {
    const scrolling = globSync('src/{ui,coordinator}/**/*.css').flatMap((path) => blocksOf(readFileSync(path, 'utf8')).filter((block) => /(?:^|\s)overflow(?:-[xy])?:\s*(?:auto|scroll)/u.test(block)).map((block) => ({ path, block })))
    expect(scrolling.length).toBeGreaterThan(20)
    expect(scrolling.filter(({ block }) => !/(?:^|\s)position:/u.test(block))).toEqual([])
  })

  it('[UI792] nothing answers a pointer above it where none can hover, since a tap would leave it looking so', () => {
    const hovering = globSync('src/{ui,volunteer}/**/*.css').map((path) => readFileSync(path, 'utf8').split('\n'))
    const rules = hovering.flatMap((lines) => lines.flatMap((line, index) => (/:hover\b/.test(line) ? [lines[index - 1]?.trim() ?? ''] : [])))
    expect(rules.length).toBeGreaterThan(8)
    expect(rules.filter((before) => before !== '@media (hover: hover) {')).toEqual([])
  })

  it('[UI793] a ref and a key are no smaller than the least letters of their surface', () => {
    const sizes = modules.filter(({ path }) => /\b(?:ref|key-hint)\b/.test(path)).map(({ text }) => /font(?:-size)?:[^;]*var\(--text-xs\)/.test(text))
    expect(sizes).toEqual([true, true])
  })

  it('[UI17] the pieces stand in the layer that screens can overrule', () => {
    expect(modules.filter(({ text }) => !text.startsWith('@layer components {'))).toEqual([])
  })
})

/** What each rule says itself, without what is nested in it. */
function blocksOf(text: string): readonly string[] {
  const [open, done]: [string[], string[]] = [[''], []]
  for (const letter of text.replaceAll(/\/\*[^]*?\*\//g, '')) {
    if (letter === '{') open.push('')
    else if (letter === '}') done.push(open.pop() ?? '')
    else open[open.length - 1] += letter
  }
  return done
}
