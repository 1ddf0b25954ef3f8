import sharp from 'sharp'

/** Two drawn faces on bright ground, 4 : 3: bright skin, black eyes and a black mouth, at a quarter and three quarters of the width. */
export function pictureWithFaces(): Promise<Buffer> {
  const drawn = [600, 1800].map((x) => `<g transform="translate(${x} 720)"><circle r="170" fill="#e8c9a8"/><circle cx="-60" cy="-40" r="22"/><circle cx="60" cy="-40" r="22"/><path d="M-70 60 q70 60 140 0" stroke="#000" stroke-width="20" fill="none"/></g>`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="1800"><rect width="2400" height="1800" fill="#cfe0d8"/>${drawn.join('')}</svg>`
  return sharp(Buffer.from(svg)).withExif({ IFD0: { Make: 'Leaky' }, IFD3: { GPSLatitude: '0/1 5/1 0/1', GPSLatitudeRef: 'S' } }).jpeg({ quality: 95 }).toBuffer()
}
