import { isCode, withoutComments, type HouseRule, type SourceFile } from './source-file.ts'

/** Which layers a layer may import. A layer that holds another one (`device/media`) does not include it. */
const layersByLayer: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  protocol: ['domain'],
  i18n: ['domain'],
  chart: ['domain', 'i18n'],
  report: ['domain', 'i18n', 'chart'],
  exchange: ['domain', 'i18n', 'chart', 'report'],
  device: ['domain', 'protocol'],
  'device/media': ['domain', 'device'],
  ui: ['domain', 'i18n'],
  volunteer: ['domain', 'device', 'device/media', 'i18n', 'ui'],
  coordinator: ['domain', 'protocol', 'device', 'i18n', 'chart', 'report', 'exchange', 'ui'],
  app: ['domain', 'protocol', 'device', 'device/media', 'i18n', 'ui', 'volunteer', 'coordinator'],
  worker: ['domain', 'protocol', 'device'],
  server: ['domain', 'protocol', 'i18n', 'chart', 'report', 'exchange'],
}

/** Where in `src` a package may be imported. A package that is not listed may be imported nowhere. */
const foldersByPackage: Readonly<Record<string, readonly string[]>> = {
  valibot: ['domain', 'protocol', 'exchange', 'device/store', 'device/sync', 'device/media', 'server'],
  '@valibot/to-json-schema': ['server'],
  'intl-messageformat': ['i18n'],
  papaparse: ['exchange'],
  'read-excel-file': ['exchange'],
  'd3-geo': ['volunteer/map', 'chart'],
  'topojson-client': ['volunteer/map', 'chart'],
  'world-atlas': ['volunteer/map', 'chart'],
  docx: ['report/document'],
  dexie: ['device/store'],
  'tus-js-client': ['device/media'],
  react: ['ui', 'volunteer', 'coordinator', 'app', 'report/page'],
  'react-dom': ['app', 'report/page', 'report/document'],
  wouter: ['volunteer', 'coordinator', 'app'],
  uqr: ['coordinator', 'server'],
  'workbox-core': ['worker'],
  'workbox-precaching': ['worker'],
  'workbox-routing': ['worker'],
  'workbox-strategies': ['worker'],
  fastify: ['server'],
  '@fastify/compress': ['server/http'],
  '@fastify/cookie': ['server/http'],
  '@fastify/rate-limit': ['server/http'],
  '@fastify/static': ['server/http'],
  '@tus/file-store': ['server/files'],
  aws4fetch: ['server/files'],
  '@tus/server': ['server/files'],
  kysely: ['server/store'],
  mediabunny: ['server/files'],
  pg: ['server/store/postgres'],
  pino: ['server'],
  'prom-client': ['server/metrics'],
  sharp: ['server/files', 'server/report'],
}

/** The composition root of the server side, and what it shares with the commands: they alone choose a store. */
const choosesStore = /^(?:src\/server\/(?:main|open-context)\.ts|src\/server\/cli\/|src\/server\/store\/(?:sqlite|postgres)\/|demo\/)/

export const wrongLayers: HouseRule = (files) =>
  importsOf(files).flatMap(({ from, target }) => {
    const [to] = target.startsWith('#') ? [layerOf(target.slice(1))] : []
    const own = layerOf(from.slice('src/'.length))
    if (to === undefined || to === own || !from.startsWith('src/')) return []
    return layersByLayer[own]?.includes(to) === true ? [] : [`${from} imports ${target}`]
  })

/** The compiler enforces the same table only as long as the references of the layers say the same. */
export const wrongReferences: HouseRule = (files) =>
  files.flatMap(({ path, text }) => {
    const [, layer] = /^src\/(.+)\/tsconfig\.json$/.exec(path) ?? []
    if (layer === undefined) return []
    return [...text.matchAll(/"path":\s*"([^"]+)"/g)]
      .map(([, reference = '']) => reference.replace(/^(?:\.\.\/)+/, ''))
      .filter((to) => layersByLayer[layer]?.includes(to) !== true)
      .map((to) => `${path} refers to ${to}`)
  })

export const wrongPackages: HouseRule = (files) =>
  importsOf(files).flatMap(({ from, target }) => {
    if (/^[#.]/.test(target) || !from.startsWith('src/')) return []
    const homes = target.startsWith('node:') ? ['server'] : (foldersByPackage[packageOf(target)] ?? [])
    return homes.some((home) => from.startsWith(`src/${home}/`)) ? [] : [`${from} imports ${target}`]
  })

export const relativeImports: HouseRule = (files) =>
  importsOf(files)
    .filter(({ from, target }) => from.startsWith('src/') && target.startsWith('.') && !isOwnStyle(target))
    .map(({ from, target }) => `${from} imports ${target}`)

export const chosenStores: HouseRule = (files) =>
  importsOf(files)
    .filter(({ from, target }) => target.startsWith('#server/store/sqlite') && !choosesStore.test(from))
    .filter(({ from }) => !from.startsWith('tests/'))
    .map(({ from, target }) => `${from} imports ${target}`)

function isOwnStyle(target: string): boolean {
  return /^\.\/[^/]+\.module\.css$/.test(target)
}

function layerOf(path: string): string {
  if (path.startsWith('device/media/')) return 'device/media'
  return path.split('/')[0] ?? path
}

function packageOf(target: string): string {
  return target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/')
}

function importsOf(files: readonly SourceFile[]): readonly { readonly from: string; readonly target: string }[] {
  return files.filter(isCode).flatMap((file) =>
    [...withoutComments(file.text).matchAll(/\b(?:from|import)\s*\(?\s*['"]([#.@a-z][^'"\s]*)['"]/g)]
      .map(([, target = '']) => ({ from: file.path, target })),
  )
}
