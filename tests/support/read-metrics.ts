export interface ReadMetrics {
  /** `name{label="value",…}` of each line. */
  readonly series: readonly string[]
  readonly names: ReadonlySet<string>
  readonly labelsOf: (name: string) => ReadonlySet<string>
  /** Of the one line that has this name and these labels; undefined when there is none. */
  readonly value: (name: string, labels?: Readonly<Record<string, string>>) => number | undefined
}

/** Reads the text format of Prometheus as far as prom-client writes it. */
export function readMetrics(text: string): ReadMetrics {
  const lines = text.split('\n').flatMap((line) => {
    const [, name = '', inside = '', value = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (name === '' || line.startsWith('#')) return []
    return [{ name, value: Number(value), labels: new Map([...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', said = '']) => [label, said] as const)), series: line.slice(0, line.lastIndexOf(' ')) }]
  })
  return {
    series: lines.map(({ series }) => series),
    names: new Set(lines.map(({ name }) => name)),
    labelsOf: (name) => new Set(lines.filter((line) => line.name === name).flatMap(({ labels }) => [...labels.keys()])),
    value: (name, labels = {}) => lines.find((line) => line.name === name && Object.entries(labels).every(([label, said]) => line.labels.get(label) === said))?.value,
  }
}
