import { Fragment } from 'react'
import type { Drawing, Shape } from '#chart/drawing.ts'
import { h } from '#report/page/ground.ts'
import type { Part } from '#report/page/ground.ts'

/** A drawing as markup, each meaning with its class. `id` is unlike any other on the page. */
export function drawingSvg({ width, height, title, text, shapes }: Drawing, id: string): Part {
  return h('svg', { className: 'drawing', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': `${id}-t ${id}-d` },
    h('title', { id: `${id}-t` }, title), h('desc', { id: `${id}-d` }, text), ...shapes.map(shapeSvg))
}

/**
 * The same with its words below it where the page is narrow: its numbers and names stand nowhere else, and on a phone they are drawn six pixels high. Whoever
 * hears the page has heard them with the drawing.
 */
export function drawingInWords(drawing: Drawing, id: string, text = drawing.text): Part {
  return h(Fragment, null, drawingSvg(drawing, id), h('p', { className: 'in-words', 'aria-hidden': true }, text))
}

/** A drawing beside the words that say the same: nothing to those who do not see it. Its width is that of its place. */
export function quietSvg({ width, height, shapes }: Drawing): Part {
  return h('svg', { className: 'quiet', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': true }, ...shapes.map(shapeSvg))
}

/** Once on a page: how hatched ground looks. */
export function hatching(): Part {
  return h('svg', { className: 'defs', width: 0, height: 0, 'aria-hidden': true }, h('defs', null,
    h('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, h('rect', { className: 'hatch-ground', width: 6, height: 6 }), h('path', { className: 'hatch-line', d: 'M0 0V6' }))))
}

function shapeSvg(shape: Shape): Part {
  switch (shape.shape) {
    case 'rect':
      return h('rect', { className: `p-${shape.paint}`, x: shape.x, y: shape.y, width: shape.width, height: shape.height })
    case 'path':
      return h('path', { className: `p-${shape.paint}`, d: shape.d })
    case 'text':
      // Anchors are meant from the left, and a browser turns them round with the direction of the page; so are two numbers under a symbol, whose sides stay.
      return h('text', { className: `l-${shape.lettering}`, x: shape.x, y: shape.y, textAnchor: shape.anchor, ...(shape.anchor === 'middle' && shape.lettering !== 'value' ? {} : { direction: 'ltr' }) }, shape.text)
    case 'group':
      // Nothing can be chosen here.
      return h(Fragment, null, ...shape.shapes.map(shapeSvg))
  }
}
