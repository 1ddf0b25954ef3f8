import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { askedAhead } from './scripts/bundle/asked-ahead.mjs'
import { codeBesideEntry } from './scripts/bundle/code-beside-entry.mjs'
import { firstChunk } from './scripts/bundle/first-chunk.mjs'
import { parsedMessages } from './scripts/bundle/parsed-messages.mjs'
import { precompressed, shellHashes, stylesheetsLast, terseFloor } from './scripts/bundle/shell-plugins.mjs'
import { unzipHere } from './scripts/bundle/unzip-here.mjs'
import { volunteerFiles } from './scripts/bundle/volunteer-files.mjs'
import { webManifest } from './scripts/bundle/web-manifest.mjs'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }
const server = `http://localhost:${process.env['PORT'] ?? '8080'}`

export default defineConfig({
  resolve: {
    alias: [
      // The package offers its build for browsers of 2015 only; this one is of the same release, 1.5 kB (brotli) smaller, and can be shaken.
      // For React before 18; ours has it.
      { find: /^use-sync-external-store\/shim\/index\.js$/, replacement: 'react' },
      { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' },
    ],
  },
  define: { 'import.meta.env.TERRAIN_VERSION': JSON.stringify(version) },
  css: { modules: { generateScopedName: process.env['NODE_ENV'] === 'production' ? '[hash:base64:5]' : '[name]-[local]-[hash:base64:4]' } },
  build: {
    // Vite's default target is our browser floor: Chrome and Edge 111, Firefox 114, Safari 16.4.
    manifest: true,
    // The policy allows no inline script, and every browser above the floor knows modulepreload but old Safaris, which only start later.
    modulePreload: { polyfill: false },
    // `data:` addresses are outside of the content policy.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstChunk() }] } } },
  },
  server: { proxy: { '/api': server, '/r': server } },
  plugins: [
    react(),
    parsedMessages(),
    unzipHere(),
    stylesheetsLast(),
    askedAhead(),
    codeBesideEntry(),
    shellHashes(),
    terseFloor(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'sw.ts',
      injectRegister: false,
      registerType: 'prompt',
      manifest: webManifest,
      manifestFilename: 'manifest.webmanifest',
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['index.html', 'floor.js', 'manifest.webmanifest', 'icons/icon.svg', 'assets/**/*.{js,css,svg,png,webp,woff2}'],
        dontCacheBustURLsMatching: /^assets\//,
        manifestTransforms: [
          (entries) => {
            const wanted = new Set(volunteerFiles(JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))))
            const kept = entries.filter(({ url }) => !url.startsWith('assets/') || wanted.has(url))
            return { manifest: kept.map((entry) => ({ ...entry, integrity: `sha256-${createHash('sha256').update(readFileSync(`dist/${entry.url}`)).digest('base64')}` })), warnings: [] }
          },
        ],
      },
    }),
    precompressed(),
  ],
})
