import type { Injection, Sink } from './injection.ts'

const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const html = (body: string): string => `<!doctype html><meta charset=utf-8><body>${body}`
const reading = (text: string, script: string): string => html(`<i id=t title="${quoted(text)}"></i><script>const said = t.title; ${script}</script>`)

/** What careless programs write, one a sink: each takes the text as it is. */
const careless: Readonly<Record<Exclude<Sink, 'sheet'>, (text: string) => string>> = {
  element: (text) => html(`<div>${text}</div>`),
  double: (text) => html(`<input value="${text}">`),
  single: (text) => html(`<input value='${text}'>`),
  bare: (text) => html(`<input value=${text}>`),
  link: (text) => html(`<a href="${quoted(text)}">more</a>`),
  frame: (text) => html(`<iframe src="${quoted(text)}"></iframe>`),
  scriptDouble: (text) => html(`<script>var said = "${text}"</script>`),
  scriptSingle: (text) => html(`<script>var said = ['${text}']</script>`),
  scriptEscaped: (text) => html(`<script>var said = "${text.replaceAll('"', '\\"')}"</script>`),
  json: (text) => html(`<script>var said = {"text":"${text}"}</script>`),
  scriptTemplate: (text) => html(`<script>var said = \`${text}\`</script>`),
  scriptLine: (text) => html(`<script>// ${text}\n</script>`),
  scriptBlock: (text) => html(`<script>/* ${text} */</script>`),
  written: (text) => html(`<script>document.write("${text}")</script>`),
  style: (text) => html(`<style>p { color: ${text} }</style><p>p</p>`),
  styleAttribute: (text) => html(`<p style="color: ${text}">p</p>`),
  comment: (text) => html(`<!--${text}-->`),
  title: (text) => `<!doctype html><meta charset=utf-8><title>${text}</title><body>`,
  textarea: (text) => html(`<textarea>${text}</textarea>`),
  noscript: (text) => html(`<noscript>${text}</noscript>`),
  decoded: (text) => html(`<textarea id=t>${text}</textarea><script>document.body.insertAdjacentHTML('beforeend', t.value)</script>`),
  percent: (text) => reading(text, 'document.write(decodeURIComponent(said))'),
  curly: (text) => reading(text, 'for (const found of said.matchAll(/\\{\\{(.+?)\\}\\}|<%=(.+?)%>|#\\{(.+?)\\}/g)) (0, eval)(found[1] ?? found[2] ?? found[3])'),
  xml: (text) => `<html xmlns="http://www.w3.org/1999/xhtml"><body><p><![CDATA[${text}]]></p></body></html>`,
}

/** A page that shows one text without any care. Nothing but the tests ever serves it. */
export function unsafePage({ text, sink }: Injection): { readonly type: string; readonly body: string } | null {
  if (sink === null || sink === 'sheet') return null
  return { type: sink === 'xml' ? 'application/xhtml+xml' : 'text/html; charset=utf-8', body: careless[sink](text) }
}
