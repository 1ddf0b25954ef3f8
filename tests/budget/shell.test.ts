import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inlineHashes, stylesheetsLast } from '../../scripts/bundle/shell-plugins.mjs'
import { ink, paper, webManifest } from '../../scripts/bundle/web-manifest.mjs'
import { hexOfToken } from './colour.ts'

const source = readFileSync('index.html', 'utf8')
const tokens = readFileSync('src/ui/tokens.css', 'utf8')

it('[AP5] the shell, the manifest and the icons wear the colours of the tokens', () => {
  expect(paper).toEqual(hexOfToken(tokens, 'paper'))
  expect(ink).toEqual(hexOfToken(tokens, 'ink'))
  expect(webManifest.background_color).toBe(paper.light)
  expect(webManifest.theme_color).toBe(paper.light)
  expect([...source.matchAll(/--shell-paper: (#\w{6})/g)].map(([, hex]) => hex)).toEqual([paper.light, paper.dark])
  expect([...source.matchAll(/--shell-ink: (#\w{6})/g)].map(([, hex]) => hex)).toEqual([ink.light, ink.dark])
  expect([...source.matchAll(/name="theme-color" content="(#\w{6})"/g)].map(([, hex]) => hex)).toEqual([paper.light, paper.dark])
  expect(readFileSync('public/icons/icon.svg', 'utf8')).toContain(`fill="${paper.light}"`)
})

it('[AP2] inline blocks are found and hashed, files are not', () => {
  const page = '<style>a{}</style><script src="/a.js"></script><script type="module">1</script><!-- <style>b{}</style> -->'
  // The hash of `a{}` by `printf 'a{}' | openssl dgst -sha256 -binary | base64`.
  expect(inlineHashes(page)).toEqual({ scripts: ['sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='], styles: ['sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='] })
})

it('[AP1] stylesheets go to the end of the body', () => {
  const hook = stylesheetsLast().transformIndexHtml
  const move = typeof hook === 'object' ? (hook.handler as (html: string) => string) : undefined
  expect(move?.('<head><link rel="stylesheet" crossorigin href="/a.css"><link rel="icon" href="/b"></head><body><p></p></body>'))
    .toBe('<head><link rel="icon" href="/b"></head><body><p></p>  <link rel="stylesheet" crossorigin href="/a.css">\n  </body>')
})
