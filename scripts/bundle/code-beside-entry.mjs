import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { entryOf } from './volunteer-files.mjs'

/** By the names of `first-chunk.mjs`. The shell keeps the tag of the store's script for whoever needs it. */
const chunks = ['first', 'store']

/** @typedef {import('./volunteer-files.mjs').Chunk} Chunk */

/**
 * Puts the code of the first chunk and of the store into classic scripts, as functions that the modules call. Chromium keeps what it has
 * compiled of a classic script with the file that the service worker has put away, from its installation on; a module it compiles anew at each start.
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
        /** @type {Record<string, Chunk>} */
        const manifest = JSON.parse(await readFile(list, 'utf8'))
        let html = await readFile(shell, 'utf8')
        for (const name of chunks) {
          const isFirst = name === 'first'
          const key = isFirst ? entryOf(manifest) : Object.keys(manifest).find((one) => manifest[one]?.name === name)
          const chunk = key === undefined ? undefined : manifest[key]
          if (key === undefined || chunk === undefined) throw new Error(`the build has no chunk ${name}`)
          const { code, module } = besides(await readFile(join(folder, chunk.file), 'utf8'), name)
          const file = `assets/${name}-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`
          await Promise.all([writeFile(join(folder, file), code), writeFile(join(folder, chunk.file), module)])
          manifest[key] = { ...chunk, assets: [...(chunk.assets ?? []), file] }
          html = isFirst
            ? html.replace('<script type="module"', `<script defer src="/${file}"></script>\n    <script type="module"`)
            : html.replace('</body>', `<template><script src="/${file}"></script></template>\n  </body>`)
        }
        await Promise.all([writeFile(list, JSON.stringify(manifest, null, 2)), writeFile(shell, html)])
      },
    },
  }
}

/**
 * The code as a function in a classic script, and the module that calls it. What is exported is handed over once, so it must have its value by then:
 * what gets it later, as modules do that the bundler evaluates when they are first asked for, is refused. The module does not wait for its script: whoever
 * imports it has seen to that (`store-files.ts`). In WebKit a module that waits at its top level is taken for done by the second one that imports it.
 * @param {string} text
 * @param {string} [name]
 */
export function besides(text, name = 'first') {
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
      // Under names of their own: those of the exports are free then, and need not be said twice.
      const names = node.specifiers.map((specifier, at) => {
        if (specifier.type !== 'ImportSpecifier') throw new Error(`the ${name} chunk has an import that is not understood: ${specifier.type}`)
        return `${nameOf(specifier.imported)} as _${taken.length + at}`
      })
      imports.push(`import{${names.join(',')}}from${JSON.stringify(node.source.value)}`)
      taken.push(...node.specifiers.map(({ local }) => local.name))
    } else if (node.type === 'ExportNamedDeclaration' && node.declaration === null) {
      given.push(...node.specifiers.map(({ local, exported }) => /** @type {const} */ ([nameOf(local), nameOf(exported)])))
    } else if (node.type.startsWith('Export')) throw new Error(`the ${name} chunk has an export that is not understood: ${node.type}`)
    else continue
    code = code.slice(0, node.start) + code.slice(node.end)
  }
  const late = given.find(([local]) => without.has(local))
  if (late !== undefined) throw new Error(`the ${name} chunk exports ${late[1]}, which has no value when it is handed over`)
  const body = code.replaceAll('import.meta', 'importMeta')
  const made = `self.terrain_${name}`
  return {
    code: `${made}=function(${['importMeta', ...taken].join(',')}){"use strict";${body}\nreturn[${given.map(([local]) => local).join(',')}]}\n`,
    module: `${imports.join(';')};${handedOn(given.map(([, exported]) => exported))}=${made}(${['import.meta', ...taken.map((_, at) => `_${at}`)].join(',')});\n`,
  }
}

/**
 * Names that a variable may not have are given behind it.
 * @param {readonly string[]} names
 */
function handedOn(names) {
  const reserved = names.filter((name) => /^(?:as|do|if|in|is|of)$/.test(name))
  return `${reserved.map((name) => `export{$${name} as ${name}};`).join('')}export const[${names.map((name) => (reserved.includes(name) ? `$${name}` : name)).join(',')}]`
}

/** @param {{ readonly type: string, readonly name?: string, readonly value?: unknown }} node */
function nameOf({ name: text, value }) {
  return text ?? String(value)
}
