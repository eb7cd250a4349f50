import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from './programs.ts'

export const root = projectFolder

/** A fenced block of a page. */
export interface Block {
  page: string
  /** The file that the block is cut from, which the comment above it names. */
  file: string | undefined
  language: string
  text: string
}

/** The pages that users read, by their paths: the README, the guides and the page of architecture. */
export const pages = new Map(
  await Promise.all(
    [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'examples/README.md',
      'src/README.md',
      ...(await readdir(join(root, 'docs'))).map((name) => `docs/${name}`),
    ]
      .filter((path) => path.endsWith('.md'))
      .map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const),
  ),
)

/** The text of a page. */
export function pageOf(path: string): string {
  const text = pages.get(path)
  if (text === undefined) throw new Error(`there is no page ${path}`)
  return text
}

/** All fenced blocks of a page, those without a language too. */
export function blocksOf(page: string): Block[] {
  return [...pageOf(page).matchAll(/(?:^<!-- (\S+) -->\n)?^```(\w*)\n(.*?)^```$/gms)].map(
    ([, file, language = '', text = '']) => ({ page, file, language, text }),
  )
}

/** The texts of the blocks of one language that are not cut from a file. */
export function samplesOf(page: string, language: string): string[] {
  return blocksOf(page)
    .filter((block) => block.file === undefined && block.language === language)
    .map(({ text }) => text)
}

/** The cells of the rows of the table whose head begins with this text, without the backticks around a cell. */
export function tableOf(page: string, head: string): string[][] {
  const lines = pageOf(page).split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`)) + 2
  if (start === 1) throw new Error(`${page} has no table ${head}`)
  const end = lines.findIndex((line, i) => i >= start && !line.startsWith('|'))
  return lines
    .slice(start, end)
    .map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').replace(/^`([^`]*)`$/, '$1')))
}
