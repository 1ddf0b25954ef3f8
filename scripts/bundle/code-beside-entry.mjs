import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { entryOf } from './volunteer-files.mjs'

/** What the classic script leaves for the module that calls it. */
const name = 'terrainFirst'

/**
 * Puts the code of the first chunk into a classic script beside it, as a function that the module calls. Chromium keeps what it has compiled
 * of a classic script with the file that the service worker has put away, from its installation on; a module it compiles anew at each start.
 * Imports, exports and all other chunks stay as they are.
 * @returns {import('vite').Plugin}
 */
export function codeBesideEntry() {
  return {
    name: 'terrain:code-beside-entry',
    apply: 'build',
    writeBundle: {
      order: 'pre',
      async handler(options) {
        const folder = options.dir ?? 'dist'
        const [list, shell] = [join(folder, '.vite/manifest.json'), join(folder, 'index.html')]
        /** @type {Record<string, { file: string, assets?: string[] }>} */
        const manifest = JSON.parse(await readFile(list, 'utf8'))
        const entry = manifest[entryOf(manifest)]
        if (entry === undefined) throw new Error('the build has no entry')
        const { code, module } = besides(await readFile(join(folder, entry.file), 'utf8'))
        const file = `assets/first-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`
        await Promise.all([writeFile(join(folder, file), code), writeFile(join(folder, entry.file), module)])
        await writeFile(list, JSON.stringify({ ...manifest, [entryOf(manifest)]: { ...entry, assets: [...(entry.assets ?? []), file] } }, null, 2))
        const html = await readFile(shell, 'utf8')
        await writeFile(shell, html.replace('<script type="module"', `<script defer src="/${file}"></script>\n    <script type="module"`))
      },
    },
  }
}

/**
 * The code as a function in a classic script, and the module that calls it. What is exported is handed over once, so it must have its value by then:
 * what gets it later, as modules do that the bundler evaluates when they are first asked for, is refused.
 * @param {string} text
 */
export function besides(text) {
  /** @type {string[]} */
  const imports = []
  /** @type {string[]} */
  const taken = []
  /** @type {(readonly [local: string, exported: string])[]} */
  const given = []
  /** @type {Set<string>} */
  const without = new Set()
  let code = text
  for (const node of parseAst(text).body.toReversed()) {
    if (node.type === 'VariableDeclaration') for (const { id, init } of node.declarations) if (id.type === 'Identifier' && init === null) without.add(id.name)
    if (node.type === 'ImportDeclaration') {
      imports.push(text.slice(node.start, node.end).replace(/;$/, ''))
      taken.push(...node.specifiers.map(({ local }) => local.name))
    } else if (node.type === 'ExportNamedDeclaration' && node.declaration === null) {
      given.push(...node.specifiers.map(({ local, exported }) => /** @type {const} */ ([nameOf(local), nameOf(exported)])))
    } else if (node.type.startsWith('Export')) throw new Error(`the first chunk has an export that is not understood: ${node.type}`)
    else continue
    code = code.slice(0, node.start) + code.slice(node.end)
  }
  const late = given.find(([local]) => without.has(local))
  if (late !== undefined) throw new Error(`the first chunk exports ${late[1]}, which has no value when it is handed over`)
  const body = code.replaceAll('import.meta', 'importMeta')
  return {
    code: `self.${name}=function(${['importMeta', ...taken].join(',')}){"use strict";${body}\nreturn[${given.map(([local]) => local).join(',')}]}\n`,
    module: `${imports.join(';')};const[${given.map((_, at) => `x${at}`).join(',')}]=self.${name}(${['import.meta', ...taken].join(',')});export{${given.map(([, exported], at) => `x${at} as ${exported}`).join(',')}};\n`,
  }
}

/** @param {{ readonly type: string, readonly name?: string, readonly value?: unknown }} node */
function nameOf({ name: text, value }) {
  return text ?? String(value)
}
