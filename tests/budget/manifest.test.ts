import { statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { webManifest } from '../../scripts/bundle/web-manifest.mjs'

const pictures = [...(webManifest.icons ?? []), ...(webManifest.screenshots ?? []), ...(webManifest.shortcuts ?? []).flatMap(({ icons = [] }) => icons)]

describe('the web manifest', () => {
  it.each(pictures)('[WO3] $src is as large as the manifest says', async ({ src, sizes, type }) => {
    const { width, height, format } = await sharp(join('public', src)).metadata()
    expect(`image/${format === 'svg' ? 'svg+xml' : format}`).toBe(type)
    expect(sizes === 'any' ? 'any' : `${width}x${height}`).toBe(sizes)
  })

  it('[WO3] there are icons for every purpose, and shortcuts for both kinds', () => {
    const purposes = (webManifest.icons ?? []).map(({ purpose, sizes }) => `${String(purpose)} ${String(sizes)}`)
    expect(purposes).toEqual(expect.arrayContaining(['any 192x192', 'any 512x512', 'any any', 'maskable 192x192', 'maskable 512x512', 'monochrome 512x512']))
    expect((webManifest.shortcuts ?? []).map(({ url }) => url)).toEqual(['/new/challenge', '/new/action'])
  })

  it('[WO3] there are screenshots for phones and for wide screens, each below 150 kB', () => {
    const screenshots = webManifest.screenshots ?? []
    expect(new Set(screenshots.map(({ form_factor: form }) => form))).toEqual(new Set(['narrow', 'wide']))
    expect(screenshots.filter(({ src }) => statSync(join('public', src)).size > 150_000)).toEqual([])
  })

  it('[WO3] maskable icons keep the mark inside the middle 80 %', async () => {
    const { data, info } = await sharp('public/icons/maskable-512.png').greyscale().raw().toBuffer({ resolveWithObject: true })
    const middle = (info.width - 1) / 2
    const outside = [...data.entries()].filter(([index, grey]) => grey < 128 && Math.hypot((index % info.width) - middle, Math.floor(index / info.width) - middle) > info.width * 0.4)
    expect(outside).toEqual([])
  })
})
