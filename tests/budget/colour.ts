/** The two values of a colour token, light and dark, in hex (CSS Color 4, section 18). */
export function hexOfToken(css: string, name: string): { readonly light: string; readonly dark: string } {
  const number = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`
  const found = new RegExp(`--${name}: light-dark\\(${number}, ${number}\\)`).exec(css)
  if (found === null) throw new Error(`no token ${name}`)
  const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = found.slice(1).map(Number)
  return { light: hexOf(l1, c1, h1), dark: hexOf(l2, c2, h2) }
}

function hexOf(lightness: number, chroma: number, degrees: number): string {
  const hue = (degrees * Math.PI) / 180
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return `#${linear.map((channel) => Math.round(255 * gamma(channel)).toString(16).padStart(2, '0')).join('')}`
}

function gamma(channel: number): number {
  return channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055
}
