import { describe, expect, it } from 'vitest'
import { chosenStores, relativeImports, wrongLayers, wrongPackages, wrongReferences } from './support/house-rules/imports.ts'
import { barrels, longFiles, unclearNames } from './support/house-rules/names.ts'
import { readSources, type HouseRule } from './support/house-rules/source-file.ts'
import { importantStyles, physicalDirections } from './support/house-rules/styles.ts'
import { hastyWaits, hiddenInputs, leftoverNotes, markupPastTheFramework, modulesTakenApart, unrunTestsIn, wordsOutsideCatalogues } from './support/house-rules/writing.ts'

const product = readSources('src', 'demo')
const everything = [...product, ...readSources('scripts', 'tests', 'bench')]

// A rule that finds nothing may be a rule that sees nothing: each one is shown a planted fault as well.
function finds(rule: HouseRule, path: string, text: string): void {
  expect(rule([{ path, text }])).not.toEqual([])
}

function overlooks(rule: HouseRule, path: string, text: string): void {
  expect(rule([{ path, text }])).toEqual([])
}

describe('directions', () => {
  it('[GR1] a layer imports only the layers below it that the table names', () => {
    finds(wrongLayers, 'src/domain/a.ts', `import { b } from '#protocol/b.ts'`)
    finds(wrongLayers, 'src/device/sync/a.ts', `import { b } from '#device/media/b.ts'`)
    finds(wrongLayers, 'src/volunteer/a.tsx', `const b = await import('#coordinator/b.tsx')`)
    overlooks(wrongLayers, 'src/volunteer/a.tsx', `import type { b } from '#domain/b.ts'`)
    expect(wrongLayers(product)).toEqual([])
  })

  it('[GR1] the compiler is told no more than the table allows', () => {
    finds(wrongReferences, 'src/ui/tsconfig.json', `{ "references": [{ "path": "../device" }] }`)
    expect(wrongReferences(product)).toEqual([])
  })

  it('[GR2] a package is imported only where the table places it', () => {
    finds(wrongPackages, 'src/device/sync/a.ts', `import { Dexie } from 'dexie'`)
    finds(wrongPackages, 'src/device/store/a.ts', `import { useState } from 'react'`)
    finds(wrongPackages, 'src/domain/a.ts', `import { createHash } from 'node:crypto'`)
    finds(wrongPackages, 'src/server/a.ts', `import x from 'left-pad'`)
    overlooks(wrongPackages, 'src/app/a.tsx', `import { createRoot } from 'react-dom/client'`)
    expect(wrongPackages(product)).toEqual([])
  })

  it('[GR3] an import names its layer, and only a style of the same folder is relative', () => {
    finds(relativeImports, 'src/domain/a.ts', `export { b } from './b.ts'`)
    finds(relativeImports, 'src/ui/a.tsx', `import styles from '../b/b.module.css'`)
    overlooks(relativeImports, 'src/ui/a.tsx', `import styles from './a.module.css'`)
    expect(relativeImports(product)).toEqual([])
  })

  it('[GR4] only the programs choose a store', () => {
    finds(chosenStores, 'src/server/http/a.ts', `import { open } from '#server/store/sqlite/open.ts'`)
    overlooks(chosenStores, 'src/server/main.ts', `import { open } from '#server/store/sqlite/open.ts'`)
    expect(chosenStores(product)).toEqual([])
  })
})

describe('files', () => {
  it('[GR5] no file is longer than 300 lines, except data that a program wrote', () => {
    finds(longFiles, 'src/domain/a.ts', 'x\n'.repeat(301))
    overlooks(longFiles, 'src/domain/a.ts', 'x\n'.repeat(300))
    overlooks(longFiles, 'bench/README.md', `${'x\n'.repeat(290)}<!-- a table: written by npm run bench -->\n${'x\n'.repeat(300)}<!-- end of the table -->\n`)
    expect(longFiles(product)).toEqual([])
    expect(longFiles(readSources('scripts', 'bench'))).toEqual([])
  })

  it('[GR6] files are named by their idea: kebab-case, no drawers, no barrels', () => {
    finds(unclearNames, 'src/domain/entryFold.ts', '')
    finds(unclearNames, 'src/ui/hooks/use-list.ts', '')
    finds(unclearNames, 'src/ui/helpers.ts', '')
    finds(barrels, 'src/ui/button/index.ts', '')
    expect(unclearNames(everything)).toEqual([])
    expect(barrels(everything)).toEqual([])
  })
})

describe('styles and markup', () => {
  it('[GR7] styles know start and end, never left and right', () => {
    finds(physicalDirections, 'src/ui/a.module.css', '.a { margin-left: 1px }')
    finds(physicalDirections, 'src/ui/a.module.css', '.a { position: absolute; right: 0 }')
    finds(physicalDirections, 'src/ui/a.module.css', '.a { text-align: left }')
    finds(physicalDirections, 'src/ui/a.module.css', '.a { padding: 0 1px 0 calc(1px + 2px) }')
    overlooks(physicalDirections, 'src/ui/a.module.css', '.a { margin-inline-start: 1px; padding: 0 1px 2px 1px; inset-inline-end: 0 }')
    expect(physicalDirections(product)).toEqual([])
  })

  it('[GR7] no style overrules another by force', () => {
    finds(importantStyles, 'src/ui/a.module.css', '.a { color: red !important }')
    expect(importantStyles(product)).toEqual([])
  })

  it('[GR8] no markup goes past the framework or the content policy', () => {
    finds(markupPastTheFramework, 'src/ui/a.tsx', '<p style={{ color }} />')
    finds(markupPastTheFramework, 'src/ui/a.tsx', '<p dangerouslySetInnerHTML={x} />')
    finds(markupPastTheFramework, 'src/ui/a.ts', 'node.innerHTML = text')
    expect(markupPastTheFramework(product)).toEqual([])
  })

  it('[GR9] words that a person reads stand in the catalogues alone', () => {
    finds(wordsOutsideCatalogues, 'src/ui/a.tsx', '<p>Saved on this phone</p>')
    finds(wordsOutsideCatalogues, 'src/ui/a.tsx', '<input aria-label="Search" />')
    overlooks(wordsOutsideCatalogues, 'src/ui/a.tsx', 'const a = useState<string>(none); <p className="big">{t(x)}</p>')
    expect(wordsOutsideCatalogues(product)).toEqual([])
  })
})

describe('habits', () => {
  it('[GR10] the pure layers read neither clock nor chance', () => {
    finds(hiddenInputs, 'src/domain/a.ts', 'const at = new Date()')
    finds(hiddenInputs, 'src/protocol/a.ts', 'const id = crypto.randomUUID()')
    overlooks(hiddenInputs, 'src/domain/a.ts', 'const at = new Date(now)')
    expect(hiddenInputs(product)).toEqual([])
  })

  it('[GR11] nothing is left for later, and every test runs', () => {
    finds(leftoverNotes, 'src/domain/a.ts', `// ${'TO'}DO: later`)
    finds(unrunTestsIn, 'tests/a.test.ts', `it${'.skip'}('x', () => {})`)
    finds(unrunTestsIn, 'tests/a.test.ts', `describe${'.only'}('x', () => {})`)
    expect(leftoverNotes(everything)).toEqual([])
    expect(unrunTestsIn(everything)).toEqual([])
  })

  it('[GR42] a test waits for what comes as long as a busy machine needs', () => {
    finds(hastyWaits, 'tests/a.test.ts', `await vi${'.waitFor'}(() => undefined)`)
    finds(hastyWaits, 'tests/a.test.ts', `await screen.findByText('x', undefined, { ${'timeout'}: 5000 })`)
    overlooks(hastyWaits, 'tests/a.test.ts', 'await eventually(() => undefined)')
    expect(hastyWaits(everything)).toEqual([])
  })
  it('[GR940] what takes the modules of its process apart has a process of its own', () => {
    finds(modulesTakenApart, 'tests/device/a.test.ts', `vi${'.resetModules'}()`)
    overlooks(modulesTakenApart, 'tests/device/a-alone.test.ts', `vi${'.resetModules'}()`)
    expect(modulesTakenApart(everything)).toEqual([])
  })
})
