import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { geoBounds } from 'd3-geo'
import { areaOutline } from '#chart/area-outline.ts'
import { countryOutlines } from '#chart/country-outlines.ts'
import type { Drawing, Shape } from '#chart/drawing.ts'
import { gapBar, gapSteps, isLargeGap, totalOf } from '#chart/gap-bar.ts'
import { heatStep } from '#chart/heat.ts'
import { heardStrip } from '#chart/heard-strip.ts'
import { rankedBar } from '#chart/ranked-bar.ts'
import { smallBars } from '#chart/small-bars.ts'
import { symbolMap } from '#chart/symbol-map.ts'
import type { MapArea } from '#chart/symbol-map.ts'
import { weekBars } from '#chart/week-bars.ts'

const said = { title: 'Reports', text: 'In words.' }
const all = (shapes: readonly Shape[]): readonly Shape[] => shapes.flatMap((shape) => (shape.shape === 'group' ? [shape, ...all(shape.shapes)] : [shape]))
const rects = ({ shapes }: Drawing, paint: string) => all(shapes).flatMap((shape) => (shape.shape === 'rect' && shape.paint === paint ? [shape] : []))
const week = (id: string, challenges: number, actions: number) => ({ id, label: `Week of ${id}`, axis: null, challenges, actions })
const count = fc.nat({ max: 5000 })

describe('bars by week', () => {
  const draw = (weeks: readonly ReturnType<typeof week>[], direction: 'ltr' | 'rtl' = 'ltr') => weekBars(weeks, { ...said, direction, chosen: new Set(), number: String })

  it('[CH1] the first week stands where reading starts, and the other direction is the same picture mirrored', () => {
    const weeks = [week('2026-03-02', 4, 1), week('2026-03-09', 9, 0)]
    const [ltr, rtl] = [draw(weeks), draw(weeks, 'rtl')]
    const [early, late] = rects(ltr, 'challenge')
    expect(early?.x).toBeLessThan(late?.x ?? 0)
    expect(rects(rtl, 'challenge').map(({ x, width }) => Math.round(rtl.width - x - width))).toEqual(rects(ltr, 'challenge').map(({ x }) => Math.round(x)))
  })

  it('[CH2] a week with one report beside one with thousands has a bar, a week with none has none', () => {
    const drawing = draw([week('2026-03-02', 5000, 5000), week('2026-03-09', 1, 0), week('2026-03-16', 0, 0)])
    expect(rects(drawing, 'challenge')).toHaveLength(2)
    expect(rects(drawing, 'action')).toHaveLength(1)
    expect(Math.min(...rects(drawing, 'challenge').map(({ height }) => height))).toBeGreaterThanOrEqual(2)
  })

  it('[CH770] the highest bars tell their number however many weeks there are, up and down, and none is cut off; where there is room each does', () => {
    const values = (counts: readonly (readonly [number, number])[]) => all(draw(counts.map(([challenges, actions], index) => week(`w${index}`, challenges, actions))).shapes).flatMap((shape) => (shape.shape === 'text' && shape.lettering === 'value' ? [shape] : []))
    const years = values(Array.from({ length: 260 }, (_, index) => [index === 0 ? 12_345 : 7, index === 259 ? 90 : 0] as const))
    expect(years.map(({ text }) => text)).toEqual(['12345', '90'])
    expect(years.every(({ x, text }) => x >= text.length * 3 && x <= 720 - text.length * 3)).toBe(true)
    expect(values([[4, 1], [9, 0], [0, 6]]).map(({ text }) => text)).toEqual(['4', '1', '9', '6'])
    expect(values(Array.from({ length: 100 }, () => [0, 0] as const))).toEqual([])
  })

  it('[CH660] a month of which one week is left gives its name up for the next one, and none is cut off at the end', () => {
    const named = (axes: readonly (string | null)[]) => axes.map((axis, index) => ({ ...week(`w${index}`, 1, 0), axis }))
    const names = (axes: readonly (string | null)[]) => all(weekBars(named(axes), { ...said, direction: 'ltr', chosen: new Set(), number: String }).shapes).flatMap((shape) => (shape.shape === 'text' && shape.lettering === 'axis' ? [shape.text] : []))
    const rest = Array.from({ length: 20 }, () => null)
    expect(names(['Dec', 'Jan', ...rest, 'Jun', null, null, null])).toEqual(['Jan', 'Jun'])
    expect(names(['Dec', null, 'Jan', ...rest, 'Jun'])).toEqual(['Dec', 'Jan'])
    expect(names(['Dec', 'Jan'])).toEqual(['Dec', 'Jan'])
  })

  it('[CH2] whatever the counts, both kinds are on one scale and nothing leaves the drawing', () => {
    fc.assert(fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 60 }), (counts) => {
      const drawing = draw(counts.map(([challenges, actions], index) => week(`w${index}`, challenges, actions)))
      for (const { x, y, width, height } of all(drawing.shapes).filter((shape) => shape.shape === 'rect')) {
        expect([x >= -0.1, y >= 0, x + width <= drawing.width + 0.1, y + height <= drawing.height]).toEqual([true, true, true, true])
      }
      const scales = counts.flatMap(([challenges, actions], index) => {
        const group = drawing.shapes.find((shape) => shape.shape === 'group' && shape.id === `w${index}`)
        const heights = group?.shape === 'group' ? all(group.shapes).flatMap((shape) => (shape.shape === 'rect' ? [[shape.paint, shape.height] as const] : [])) : []
        return heights.filter(([, height]) => height > 10).map(([paint, height]) => height / (paint === 'challenge' ? challenges : actions))
      })
      for (const scale of scales) expect(scale / (scales[0] ?? 1)).toBeCloseTo(1, 1)
    }))
  })
})

describe('bars of a report', () => {
  it('[CH1] [CH2] a line of a ranking starts where reading starts, is as long as its share, and something is always seen', () => {
    const bar = (part: number, direction: 'ltr' | 'rtl' = 'ltr') => rects(rankedBar(part, { largest: 1000, paint: 'challenge', direction }), 'challenge')[0]
    expect([bar(1000)?.width, bar(500)?.width, bar(0)]).toEqual([100, 50, undefined])
    expect(bar(1)?.width).toBeGreaterThan(0)
    expect([bar(250)?.x, bar(250, 'rtl')?.x]).toEqual([0, 75])
  })

  it('[CH8] what is not shown is hatched, of one height, and neither none nor a length', () => {
    const small = smallBars([40, null, 0, 20], { ...said, largest: 40, paint: 'challenge', direction: 'ltr' })
    expect([rects(small, 'challenge').length, rects(small, 'silent').length]).toEqual([2, 1])
    const weeks = weekBars([{ ...week('2026-03-02', 5000, 0), actions: null }, { ...week('2026-03-09', 0, 3), challenges: null }], { ...said, direction: 'ltr', chosen: new Set(), number: String })
    expect(rects(weeks, 'silent').map(({ height }) => height)).toEqual([8, 8])
    expect(all(weeks.shapes).flatMap((shape) => (shape.shape === 'text' ? [shape.text] : []))).toEqual(['5000', '3'])
  })
})

describe('the bar of a cell', () => {
  it('[CH3] shows the shares of its counts, and leaves out what is not there', () => {
    fc.assert(fc.property(fc.record({ none: count, little: count, partly: count, mostly: count }), (counts) => {
      const drawing = gapBar(counts, { ...said, direction: 'ltr' })
      const shown = gapSteps.filter((step) => counts[step] > 0)
      expect(drawing.shapes.map((shape) => (shape.shape === 'rect' ? shape.paint : ''))).toEqual(shown.map((step) => `gap-${step}`))
      const widths = drawing.shapes.map((shape) => (shape.shape === 'rect' ? shape.width : 0))
      const sum = widths.reduce((total, width) => total + width, 0)
      shown.forEach((step, index) => expect((widths[index] ?? 0) / sum).toBeCloseTo(counts[step] / totalOf(counts), 1))
    }))
  })

  it('[CH3] is framed from three reports on, when four in five are unanswered', () => {
    const counts = { none: 4, little: 0, partly: 1, mostly: 0 }
    expect([isLargeGap(counts), isLargeGap({ ...counts, none: 3 }), isLargeGap({ none: 2, little: 0, partly: 0, mostly: 0 }), isLargeGap({ none: 3, little: 0, partly: 0, mostly: 0 })]).toEqual([true, false, false, true])
  })

  it('[CH6] shades by the square root of the share, and nothing has no shade', () => {
    expect([0, 1, 4, 16, 36, 64, 100].map((value) => heatStep(value, 100))).toEqual(['none', 1, 1, 2, 3, 4, 5])
    expect(heatStep(3, 0)).toBe('none')
  })
})

describe('the map', () => {
  const outlines = countryOutlines()
  const area = (id: string, about: Partial<MapArea> = {}): MapArea => ({ id, name: id, label: `${id} in words`, value: '1 · 1', challenges: 1, actions: 1, outline: null, point: [-72.3, 18.5], ...about })
  const square = (west: number, south: number, side: number): MapArea['outline'] => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[west, south], [west, south + side], [west + side, south + side], [west + side, south], [west, south]]] } })
  const draw = (areas: readonly MapArea[], countries: readonly string[] = ['HTI']) => symbolMap(areas, { ...said, countries, outlines, chosen: new Set() })
  const halves = (drawing: Drawing) => all(drawing.shapes).flatMap((shape) => (shape.shape === 'path' && (shape.paint === 'challenge' || shape.paint === 'action') ? [shape] : []))
  const radiusOf = (d: string) => Number(/a([\d.]+)/.exec(d)?.[1])

  it('[CH4] four times as many reports are a half circle of twice the radius, and a silent area is hatched without one', () => {
    const drawing = draw([area('Ouest', { challenges: 100, actions: 25, outline: square(-73, 18, 0.6) }), area('Nippes', { challenges: 0, actions: 0, outline: square(-74, 18, 0.6) })])
    const [challenges, actions] = halves(drawing)
    expect(radiusOf(challenges?.d ?? '') / radiusOf(actions?.d ?? '')).toBeCloseTo(2, 1)
    expect(halves(drawing)).toHaveLength(2)
    expect(all(drawing.shapes).filter((shape) => shape.shape === 'path' && shape.paint === 'silent')).toHaveLength(1)
  })

  it('[CH4] an area is where its own outline is, whichever way its rings run', () => {
    const ring = [-73_000, 18_000, 600, 0, 0, 600, -600, 0]
    const turned = [-73_000, 18_000, 0, 600, 600, 0, 0, -600]
    for (const one of [ring, turned]) {
      const [[west, south], [east, north]] = geoBounds(areaOutline([one]))
      expect([west, south, east, north].map((degree) => Math.round(degree * 10) / 10)).toEqual([-73, 18, -72.4, 18.6])
    }
  })

  it('[CH4] small symbols lie above large ones', () => {
    const drawing = draw([area('small'), area('large', { challenges: 90 }), area('middle', { challenges: 9 })])
    expect(drawing.shapes.flatMap((shape) => (shape.shape === 'group' ? [shape.id] : []))).toEqual(['large', 'middle', 'small'])
  })

  it('[CH5] an area without a place has no symbol, and stays a thing with its words', () => {
    const drawing = draw([area('Ouest'), area('somewhere', { point: null })])
    const group = drawing.shapes.find((shape) => shape.shape === 'group' && shape.id === 'somewhere')
    expect(group).toMatchObject({ label: 'somewhere in words', shapes: [] })
  })

  it('[CH5] no symbol leaves the drawing, wherever on earth the campaign is, also across the 180th meridian', () => {
    const [lon, lat] = [fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -60, max: 70, noNaN: true })]
    fc.assert(fc.property(fc.array(fc.tuple(lon, lat), { minLength: 1, maxLength: 8 }), (points) => {
      const drawing = draw(points.map((point, index) => area(`a${index}`, { point })), [])
      const names = all(drawing.shapes).flatMap((shape) => (shape.shape === 'text' && shape.lettering === 'name' ? [shape] : []))
      expect(names.length).toBeGreaterThan(0)
      expect(names.filter(({ x, y }) => !(x >= -10 && x <= drawing.width + 10 && y >= -10 && y <= drawing.height + 60))).toEqual([])
    }), { numRuns: 60 })
    const fiji = draw([area('Labasa', { point: [179.4, -16.4] }), area('Taveuni', { point: [-179.9, -16.8] })], ['FJI'])
    const [one, other] = all(fiji.shapes).flatMap((shape) => (shape.shape === 'text' && shape.lettering === 'name' ? [shape.x] : []))
    expect(Math.abs((one ?? 0) - (other ?? 0))).toBeLessThan(fiji.width / 2)
  })

  it('[CH890] a number that is not shown has a mark of one size, and what has a mark and no words is told by name', () => {
    const [zero, none] = [{ challenges: 0, actions: 0 }, { challenges: false, actions: false }]
    const at = (id: string, about: Partial<MapArea>): MapArea => ({ id, name: id, label: id, value: '1 · 1', ...zero, isSilent: false, outline: null, point: [-72, 19], ...about })
    const paints = (area: MapArea) => draw([area, at('far', { challenges: 90, point: [-60, 10] })]).shapes.flatMap((shape) => (shape.shape === 'group' && shape.id === area.id ? shape.shapes.flatMap((inner) => (inner.shape === 'path' ? [inner.paint] : [])) : []))
    expect(paints(at('a', { isSome: { challenges: true, actions: false }, actions: 7 }))).toEqual(['challenge-some', 'action'])
    expect(paints(at('b', { isSome: { challenges: false, actions: true } }))).toEqual(['action-some'])
    expect(paints(at('c', { isSome: none, challenges: 9 }))).toEqual(['challenge'])
    // Of twenty in one place the largest have room.
    const many = Array.from({ length: 20 }, (_, n) => at(`Area ${n}`, { challenges: 20 - n }))
    const drawing = draw(many)
    const named = drawing.shapes.flatMap((shape) => (shape.shape === 'group' && shape.shapes.some((inner) => inner.shape === 'text') ? [shape.id] : []))
    expect([named.includes('Area 0'), named.length < 20]).toEqual([true, true])
    expect([...named, ...(drawing.unnamed ?? [])].toSorted()).toEqual(many.map(({ id }) => id).toSorted())
  })

  it('[CH7] of areas that lie together the largest keeps its words, and no two labels overlap', () => {
    const areas = Array.from({ length: 30 }, (_, index) => area(`Area ${index}`, { challenges: index + 1, point: [36 + (index % 6) * 0.3, 33 + Math.floor(index / 6) * 0.3] }))
    const names = all(draw(areas, []).shapes).flatMap((shape) => (shape.shape === 'text' && shape.lettering === 'name' ? [shape] : []))
    expect(names[0]?.text).toBe('Area 29')
    expect(names.length).toBeLessThan(30)
    const overlaps = names.flatMap((one, index) => names.slice(index + 1).filter((other) => Math.abs(one.y - other.y) < 11 && Math.abs(one.x - other.x) < (one.text.length + other.text.length) * 2.5))
    expect(overlaps).toEqual([])
  })

  it('[CH7] no label lies on the symbol of another area, and none leaves the map, in whatever letters', () => {
    const names = ['Соединенные Штаты, регион не указан', '阿富汗东部边境地区的一个很长的地名', 'Burkina Faso', 'Goma', 'غزة', 'Dollo Ado']
    const areas = Array.from({ length: 24 }, (_, index) => area(`${names[index % names.length] ?? ''} ${index}`, { challenges: 3 * index, actions: index === 7 ? 0 : 70 - 3 * index, point: [-118 + (index * 37) % 236, 35 - (index * 23) % 70] }))
    const drawing = draw(areas, [])
    const texts = all(drawing.shapes).flatMap((shape) => (shape.shape === 'text' ? [shape] : []))
    // As wide as fonts make them: bold Cyrillic 6.4 of eleven, a Chinese sign all of it.
    const width = (text: string) => [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 11 : 6.4), 0)
    const boxes = texts.map(({ x, y, text }) => ({ text, left: x - width(text) / 2, right: x + width(text) / 2, top: y - 8, bottom: y + 2 }))
    expect(boxes.length).toBeGreaterThan(12)
    const wide = boxes.filter(({ text }) => /^[\p{Script=Cyrillic}\p{Script=Han} ,\d]+$/u.test(text) && !/^\d/.test(text))
    expect(wide.filter(({ left, right, top, bottom }) => left < 0 || right > drawing.width || top < 0 || bottom > drawing.height)).toEqual([])
    const symbols = all(drawing.shapes).flatMap((shape) => (shape.shape === 'path' && (shape.paint === 'challenge' || shape.paint === 'action') ? [shape.d] : [])).map((d) => {
      const [, x = 0, top = 0, r = 0, side = 0] = (/^M(\S+) (\S+)a(\S+) \S+ 0 0 (\d)/.exec(d) ?? []).map(Number)
      return { left: side === 0 ? x - r : x, right: side === 0 ? x : x + r, top, bottom: top + 2 * r }
    })
    expect(symbols.length).toBeGreaterThan(24)
    const largest = texts[0]?.text
    const on = boxes.filter((box) => box.text !== largest && symbols.some((symbol) => box.left + 3 < symbol.right && symbol.left < box.right - 3 && box.top < symbol.bottom - 0.5 && symbol.top + 0.5 < box.bottom))
    expect(on.map(({ text }) => text)).toEqual([])
  })

  it('[CH7] no label leaves the map, however wide the letters of its language are', () => {
    // As Chromium draws them with DejaVu Sans, in pixels: the widest of the fonts that stand in for a missing one.
    const wide = [['Соединенные Штаты', 134], ['Estados Unidos', 96], ['United States', 84], ['美国美国美国美国', 88]] as const
    for (const [name, width] of wide) {
      for (const lon of [-98, 60]) {
        const map = draw([area(name, { point: [lon, 38] }), area('far', { point: [-lon, 38] })], [])
        const label = all(map.shapes).find((shape) => shape.shape === 'text' && shape.text === name)
        const x = label?.shape === 'text' ? label.x : NaN
        expect([name, x - width / 2 >= 0, x + width / 2 <= map.width]).toEqual([name, true, true])
      }
    }
  })

  it('[CH790] drawn for a narrow place, the letters stay those of the page: fewer names have room, and all stay on the map', () => {
    const areas = Array.from({ length: 40 }, (_, index) => area(`Area ${index}`, { challenges: index + 1, actions: index, point: [30 + (index % 8) * 4, 4 + Math.floor(index / 8) * 5] }))
    const [wide, narrow] = [undefined, 350].map((width) => symbolMap(areas, { ...said, countries: [], outlines, chosen: new Set(), ...(width === undefined ? {} : { width }) }))
    const namesOf = (drawing: typeof wide) => all(drawing?.shapes ?? []).flatMap((shape) => (shape.shape === 'text' && shape.lettering === 'name' ? [shape] : []))
    expect([wide?.width, wide?.height, narrow?.width, narrow?.height]).toEqual([560, 380, 350, 238])
    expect([namesOf(narrow).length > 3, namesOf(narrow).length < namesOf(wide).length]).toEqual([true, true])
    expect(namesOf(narrow).filter(({ x, y, text }) => x - text.length * 3 < 0 || x + text.length * 3 > 350 || y < 11 || y > 238)).toEqual([])
  })

  it('[CH5] each country that may be a campaign’s is drawn, and nothing is drawn at a scale of streets', () => {
    const drawing = draw([area('one', { point: [36.8, -1.3] })], ['KEN'])
    expect(all(drawing.shapes).filter((shape) => shape.shape === 'path' && shape.paint === 'area')).toHaveLength(1)
    expect(all(draw([area('one', { point: [36.8, -1.3] })], []).shapes).some((shape) => shape.shape === 'path' && shape.paint === 'land')).toBe(true)
  })
})

describe('a strip of time', () => {
  const draw = (silent: readonly boolean[], direction: 'ltr' | 'rtl' = 'ltr') => heardStrip(silent, { ...said, direction, marks: [] })
  const steps = fc.array(fc.boolean(), { minLength: 1, maxLength: 140 })

  it('[CH9] what was heard lies under a mark, what was not does not, and steps in a row are one', () => {
    fc.assert(fc.property(steps, (silent) => {
      const drawing = draw(silent)
      const marks = rects(drawing, 'heard')
      const step = drawing.width / silent.length
      const isMarked = (at: number) => marks.some(({ x, width }) => x <= at && at <= x + width)
      expect(silent.map((_, index) => !isMarked((index + 0.5) * step))).toEqual([...silent])
      expect(marks).toHaveLength(silent.filter((isSilent, index) => !isSilent && silent[index - 1] !== false).length)
    }))
  })

  it('[CH9] in years of weeks a single one is still seen, and nothing leaves the strip', () => {
    const lonely = Array.from({ length: 520 }, (_, week) => week !== 519)
    expect(rects(draw(lonely), 'heard').map(({ x, width }) => [width >= 5, x + width <= 720])).toEqual([[true, true]])
  })

  it('[CH1] it begins where reading begins', () => {
    fc.assert(fc.property(steps, (silent) => {
      const [ltr, rtl] = [draw(silent), draw(silent, 'rtl')].map((drawing) => rects(drawing, 'heard'))
      expect((rtl ?? []).every(({ x, width }, index) => Math.abs(720 - x - width - (ltr?.[index]?.x ?? NaN)) < 0.2)).toBe(true)
      expect(rtl).toHaveLength(ltr?.length ?? NaN)
    }))
  })
})
