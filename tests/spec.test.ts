import { describe, expect, it } from 'vitest'
import { readSources, type SourceFile } from './support/house-rules/source-file.ts'

const statement = /^- \*\*([A-Z]{2}\d+)\*\* \S/gm
const title = /\b(?:it|test)(?:\.each\([\s\S]*?\)|\.\w+)*\(\s*(['"`])((?:\[[A-Z]{2}\d+\]\s*)+)/g

const rules = rulesIn(readSources('src').filter(({ path }) => path.endsWith('README.md')))
const cited = citationsIn(readSources('tests').filter(({ path }) => /\.(?:test|spec)\.tsx?$/.test(path)))

describe('the rules of the READMEs and the tests that claim them', () => {
  it('[GR12] every rule has a test', () => {
    expect(rules.filter((rule) => !cited.includes(rule))).toEqual([])
  })

  it('[GR12] every test cites a rule that exists', () => {
    expect([...new Set(cited)].filter((rule) => !rules.includes(rule))).toEqual([])
  })

  it('[GR12] a rule is stated once', () => {
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([])
  })

  it('[GR12] planted statements and titles are seen', () => {
    expect(rulesIn([{ path: 'README.md', text: '- **ZZ1** Once.\n- **ZZ2** Twice.' }])).toEqual(['ZZ1', 'ZZ2'])
    expect(citationsIn([{ path: 'a.test.ts', text: `it('${'[ZZ1]'} is so', run)\nit.each([1])(\n  "${'[ZZ2] [ZZ3]'} too", run)` }])).toEqual(['ZZ1', 'ZZ2', 'ZZ3'])
  })
})

function rulesIn(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ text }) => [...text.matchAll(statement)].map(([, rule = '']) => rule))
}

function citationsIn(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ text }) =>
    [...text.matchAll(title)].flatMap(([, , ids = '']) => [...ids.matchAll(/[A-Z]{2}\d+/g)].map(([id]) => id)),
  )
}
