import { at } from './injection.ts'
import type { Family } from './injection.ts'

const times = (text: string, count: number): string => text.repeat(count)
const percent = (text: string): string => [...text].map((sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')

/** Names that an object has before anybody gives it one, and signs that some language of programs or patterns takes for its own. */
export const names: Family = { shapes: [
  [null, () => '__proto__'], [null, () => 'constructor'], [null, () => 'toString'], [null, (_, id) => `{count, plural, one {${id}} other {#}} {name} <b>{0}</b>`], [null, (_, id) => `$& $1 $\` $' $$ ${id}`], [null, () => 'hasOwnProperty'], [null, (_, id) => `%s %d %n %x ${id} \\0 \\u0000`], [null, () => 'undefined'], [null, (_, id) => `'; DROP TABLE entries; -- ${id}`], [null, () => 'null'], [null, () => '[object Object]'], [null, () => 'valueOf'],
  [null, (_, id) => `%_ .*+?^\${}()|[]\\ ${id}`], [null, () => 'prototype'], [null, (_, id) => `$(touch pwned${id}) \`id\` | calc`], [null, () => 'isPrototypeOf'],
  [null, (_, id) => `{"__proto__":{"x":${id}}}`], [null, () => 'NaN'],
] }

/** Texts that become markup when somebody decodes them once too often, and such as only look odd. */
export const encodings: readonly Family[] = [
  at('decoded', (js) => `&lt;script&gt;0&lt;/script&gt;&lt;svg onload=${js}&gt;`, (js) => `&#60;img src=x:x onerror=${js}&#62;`, (js) => `&#x3c;svg/onload=${js}&#x3E;`, (js) => `&LT;details open ontoggle=${js}&GT`, (js) => `&#0000060;img src=x:x onerror=${js}&#0062`, (js) => `&lt;img src=x:x onerror=&quot;${js}&quot;&gt;`, (js) => `&lbrack;&lt;iframe onload&equals;${js}&gt;`),
  at('percent', (js) => percent(`<svg onload=${js}>`), (js) => `%3Cscript%3E${js}%3C/script%3E`, (js) => `%3Cimg%20src=x:x%20onerror=${js}%3E`, (js) => `%0d%0aLocation:%20/%0d%0a%0d%0a%3Csvg/onload=${js}%3E`, (js) => `%22%3E%3Csvg%20onload=${js}%3E`),
  at('written', (js) => `\\x3csvg onload=${js}\\x3e`, (js) => `\\u003cimg src=x:x onerror=${js}\\u003e`, (js) => `\\74svg onload=${js}\\76`, (js) => `\\u{3c}details open ontoggle=${js}\\u{3E}`, (js) => `\\x3Cscript\\x3E${js}\\x3C/script\\x3E`),
  at('curly', (js) => `{{constructor.constructor;${js}}}`, (js) => `{{${js}}}`, (js) => `<%= ${js} %>`, (js) => `#{${js}}`, (js) => `{{"a".constructor;${js}}} {a} {0} {{b}}`, (js) => `{% raw %}{{ ${js} }}`),
  at('element', (js) => `\u202e<img src=x:x onerror=${js}>`, (js) => `\u2066\u2067<svg onload=${js}>\u2069`, (js) => `\u200b\u200d<svg onload=${js}>\u200b`, (js) => `gnp.\u202e\u2067<iframe onload=${js}>`, (js) => `\ufeff<svg onload=${js}>`, (js) => `\u061c\u200f"\u200e<details open ontoggle=${js}>`, (js) => `<svg onload=${js} \u00ad\u034f>`, (js) => `${times('\u202e', 9)}<svg onload=${js}>`),
  at(null, (js, id) => `<\u200bscript>${js}</script> ${id}`, (js) => `＜script＞${js}＜/script＞`, (_, id) => `a\u2028b\u2029c\u0085d\u000be\u000cf${id}`, (_, id) => `e${times('\u0301\u0489', 20)} ${id}`, (_, id) => `\u{1F468}\u200d\u{1F469}\u200d\u{1F467}\u{E0061}\u{E007F} ${id}`, (_, id) => `\ufffe\uffff\u{10ffff}\ufdd0 ${id}`, (_, id) => `\u0001\u0007\u0008\u001b[31m\u007f\u0080 ${id}`, (_, id) => `\u3164\u115f\u2800 ${id}`),
  at('sheet', (_, id) => `=${id}+1`, (_, id) => `=HYPERLINK("http://localhost/pwned/${id}","${id}")`, (_, id) => `@SUM(${id},1)`, (_, id) => `+${id}+1`, (_, id) => `-${id}+1`, (_, id) => `=WEBSERVICE("http://localhost/pwned/${id}")`, (_, id) => `=cmd|' /C calc ${id}'!A0`, (_, id) => `=DDE("soffice","/etc/hostname","${id}")`, (_, id) => `+cmd|' /C calc ${id}'!A0`, (_, id) => `=IF(1,"<svg onload=ran(${id})>")`, (_, id) => `=${id}+1"`, (_, id) => `=IMPORTXML(CONCAT("http://localhost/pwned/${id}"),"//a")`),
  at(null, (_, id) => `\t=${id}+1`, (_, id) => `\r=${id}+1`, (_, id) => `＝${id}+1`, (_, id) => `","=${id}+1","`, (_, id) => `a\r\n=${id}+1,=${id}+2`, (_, id) => `;=${id}+1;`, (_, id) => `'=${id}+1`, (_, id) => `''@SUM(${id},1)`, (_, id) => ` \u00a0=${id}+1`, (_, id) => `"=${id}+1`, (_, id) => `\n+${id}+1`, (_, id) => `－${id}＋1`),
  { shapes: [
    ['xml', (js) => `]]><script xmlns="http://www.w3.org/1999/xhtml">${js}</script><![CDATA[`], [null, (js, id) => `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "${id}">]><a>&e;${js}</a>`], ['xml', (js) => `]]><img xmlns="http://www.w3.org/1999/xhtml" src="x:x" onerror="${js}"/><![CDATA[`], [null, (_, id) => `</t></is></c><c r="A9"><f>${id}+1</f></c>`],
    [null, (_, id) => `</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd ${id}</w:instrText></w:r>`], [null, (_, id) => `_x003c_svg onload=ran(${id})_x003e_ _x000D_`], ['xml', (js) => `]]><svg xmlns="http://www.w3.org/2000/svg" onload="${js}"/><![CDATA[`], [null, (_, id) => `&lol9;&#xFFFF;&#0;&amp;amp; ${id}`], [null, (_, id) => `<?xml-stylesheet href="/pwned/${id}"?>`], [null, (_, id) => `<!ENTITY % x SYSTEM "http://localhost/pwned/${id}">%x;`],
    [null, (_, id) => `<w:altChunk r:id="rId${id}"/></w:body>`],
  ] },
  at(null, (js) => `[tap](javascript:${js})`, (_, id) => `![](/pwned/${id})`, (js) => `<javascript:${js}>`, (_, id) => `http://localhost/pwned/${id}`, (_, id) => `see https://terrain.example/pwned/${id}?a=<b>&c="d"`, (js) => `[a]: javascript:${js} "b"`, (_, id) => `\`\`\`html\n<img src=/pwned/${id}>`, (_, id) => `/\\localhost/pwned/${id}`, (_, id) => `../../../../pwned/${id}%00.html`, (_, id) => `file:///pwned/${id}`),
  at('element', (js) => `x\r\nSet-Cookie: a=b\r\n\r\n<svg onload=${js}>`, (js) => `x\nX-Terrain: 1\n\n<script>${js}</script>`, (js) => `"\r\nContent-Type: text/html\r\n\r\n<svg onload=${js}>`, (js) => `a\r\n--x\r\nContent-Disposition: form-data; name="b"\r\n\r\n<svg onload=${js}>`, (js) => `HTTP/1.1 200 OK\r\n\r\n<body onload=${js}>`),
  at('element', (js) => `<svg onload=${js}>${times('<b>', 600)}`, (js) => `<svg onload=${js}>${times('A', 1900)}`, (js) => `<img src=x:x onerror=${js}>${times('"\'>', 600)}`, (js) => `<svg onload=${js}>${times('\u0645\u0631\u062d\u0628\u0627 ', 300)}`, (js) => `<svg onload=${js}>${times('\u{1F4A5}', 900)}`, (js) => `<svg onload=${js}>${times('&amp;', 380)}`, (js) => `<svg onload=${js}>${times('\n', 1900)}.`, (js) => `<svg onload=${js}>${times('<table>', 250)}`),
]
