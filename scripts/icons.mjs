// Draws the icons of public/icons from the mark of Terrain. Run it with Node 24 after a change of the mark or of the paper colour:
// `node scripts/icons.mjs`. Its results are committed, so that a build needs no picture library.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { ink, paper } from './bundle/web-manifest.mjs'
import { projectRoot } from './project.mjs'

const folder = join(projectRoot, 'public', 'icons')
const contours = [
  'M4 19C2.500 12 8 4.500 15 4.200c4.500-.2 6 2.300 9 5 3.600 3.200 5.800 8 3.600 12.800C25.300 27 19.500 28.300 14 27.600 8.500 27 5 24.500 4 19z',
  'M8 18.500C7.300 13.500 11 8.600 15.200 8.500c3 0 4 2 6 4 2.600 2.400 4.100 5.500 2.600 8.300-1.700 3-5.300 3.600-9 3.100-3.700-.5-6.200-2-6.800-5.400z',
]
const summit = 'M12 18c-.3-2.700 1.200-5 3.300-5.200 1.800-.1 2.300 1.300 3.500 2.600 1.300 1.400 2 2.800 1.100 4-1 1.200-2.700 1.300-4.500 1.100-2-.3-3.200-.9-3.400-2.500z'

/** The signs of the two kinds (src/ui/icon/signs.ts) on their fills, for the shortcuts. */
const kinds = {
  challenge: { fill: '#a14426', sign: 'M2.5 19.5 9.3 6l4.6 8.2 2.1-3 5.5 8.3zM6.9 10.8l2.3 1.6 2.4-1.9' },
  action: { fill: '#06626b', sign: 'M2 17h20M7 5.5V20M17 5.5V20M7 6.500c1.600 4.600 3.200 6.600 5 6.600s3.400-2 5-6.600M2 12.500c2.300-.6 4-2.700 5-6M22 12.500c-2.300-.6-4-2.700-5-6M12 13.200V17' },
}

await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'icon.svg'), `${markOn({ ground: paper.light, corner: 7, share: 0.74 })}\n`)
await Promise.all([
  draw('icon-32', 32, markOn({ ground: paper.light, corner: 7, share: 0.84 })),
  draw('icon-192', 192, markOn({ ground: paper.light, corner: 7, share: 0.74 })),
  draw('icon-512', 512, markOn({ ground: paper.light, corner: 7, share: 0.74 })),
  // Launchers cut maskable icons to any shape inside the middle 80 %.
  draw('maskable-192', 192, markOn({ ground: paper.light, corner: 0, share: 0.56 })),
  draw('maskable-512', 512, markOn({ ground: paper.light, corner: 0, share: 0.56 })),
  draw('monochrome-512', 512, markOn({ ground: null, corner: 0, share: 0.66 })),
  draw('apple-touch-180', 180, markOn({ ground: paper.light, corner: 0, share: 0.68 })),
  ...Object.entries(kinds).map(([kind, about]) => draw(`${kind}-192`, 192, signOn(about))),
])

/** @param {{ ground: string | null, corner: number, share: number }} look */
function markOn({ ground, corner, share }) {
  const room = ground === null ? '' : `<rect width="32" height="32" rx="${corner}" fill="${ground}"/>`
  const colour = ground === null ? '#000' : ink.light
  // The mark reaches from 2.6 to 29.2; its own middle is moved to the middle of the icon.
  const place = `translate(16 16) scale(${(share * 32) / 26.6}) translate(-15.900 -16)`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${room}<g transform="${place}" fill="none" stroke="${colour}" stroke-width="1.9" stroke-linejoin="round">${contours.map((d) => `<path d="${d}"/>`).join('')}<path d="${summit}" fill="${colour}" stroke="none"/></g></svg>`
}

/** @param {{ fill: string, sign: string }} about */
function signOn({ fill, sign }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="${fill}"/><path transform="translate(7 6.500) scale(.75)" d="${sign}" fill="none" stroke="#fefcf7" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>`
}

/**
 * @param {string} name
 * @param {number} size
 * @param {string} svg
 */
async function draw(name, size, svg) {
  await sharp(Buffer.from(svg), { density: (72 * size) / 32 }).resize(size, size).png({ compressionLevel: 9, palette: size > 100 && !name.startsWith('mono') }).toFile(join(folder, `${name}.png`))
}
