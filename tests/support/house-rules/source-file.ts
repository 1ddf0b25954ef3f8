import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly path: string
  readonly text: string
}

/** A house rule reads files and says, a line each, what breaks it. */
export type HouseRule = (files: readonly SourceFile[]) => readonly string[]

const root = process.cwd()
const textual = /\.(?:ts|tsx|mjs|css|json|md)$/

export function readSources(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && textual.test(entry.name) && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') })),
  )
}

export function isCode({ path }: SourceFile): boolean {
  return /\.(?:ts|tsx)$/.test(path)
}

/** Good enough for regular expressions: a `//` right after a colon is taken for the middle of an address. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:])\/\/[^\n]*/g, '$1')
}

/** One finding for each place where the pattern matches. */
export function places({ path, text }: SourceFile, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length
    return `${path}:${line} ${match[0].trim().slice(0, 80)}`
  })
}
