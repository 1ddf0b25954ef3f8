import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** @typedef {import('vite').Plugin} Plugin */

/**
 * A stylesheet in the head holds back the first paint. At the end of the body it holds back only the scripts, so the shell
 * stands on the screen while styles and scripts are still on their way.
 * @returns {Plugin}
 */
export function stylesheetsLast() {
  return {
    name: 'terrain:stylesheets-last',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const links = [...html.matchAll(/\s*<link rel="stylesheet"[^>]*>/g)].map(([link]) => link)
        const without = links.reduce((text, link) => text.replace(link, ''), html)
        return without.replace('</body>', `${links.map((link) => `  ${link.trim()}\n`).join('')}  </body>`)
      },
    },
  }
}

/**
 * Writes `csp.json`: the hashes of the shell's inline blocks, from which the server builds its content policy.
 * @returns {Plugin}
 */
export function shellHashes() {
  return {
    name: 'terrain:shell-hashes',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler(options) {
        const folder = options.dir ?? 'dist'
        const html = await readFile(join(folder, 'index.html'), 'utf8')
        await writeFile(join(folder, 'csp.json'), `${JSON.stringify(inlineHashes(html), null, 2)}\n`)
      },
    },
  }
}

/**
 * The CSP sources of every inline block of a page.
 * @param {string} html
 */
export function inlineHashes(html) {
  const page = html.replaceAll(/<!--[\s\S]*?-->/g, '')
  return {
    scripts: [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text = '']) => sourceOf(text)),
    styles: [...page.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, text = '']) => sourceOf(text)),
  }
}

/**
 * Takes comments and indentation out of `floor.js`. It stays plain ES5, for which the build has no other tool.
 * @returns {Plugin}
 */
export function terseFloor() {
  return {
    name: 'terrain:terse-floor',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler(options) {
        const path = join(options.dir ?? 'dist', 'floor.js')
        const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim())
        await writeFile(path, `${lines.filter((line) => line !== '' && !line.startsWith('//')).join('\n')}\n`)
      },
    },
  }
}

/**
 * Puts a .br and a .gz beside everything that shrinks, so that the server compresses nothing at run time.
 * @returns {Plugin}
 */
export function precompressed() {
  let folder = ''
  return {
    name: 'terrain:precompressed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    // After the service worker has been written, which happens in a `closeBundle` too.
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true })
        const files = entries.filter((entry) => entry.isFile() && /\.(?:js|css|html|svg|json|webmanifest)$/.test(entry.name) && entry.name !== 'csp.json')
        await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))))
      },
    },
  }
}

/** @param {string} path */
async function compress(path) {
  const bytes = await readFile(path)
  const small = await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
  await writeFile(`${path}.br`, small)
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
}

/** @param {string} text */
function sourceOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
