import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Parsed, Unreadable } from './fixture-file.ts'
import type { JsonPath } from './json-text.ts'

/** @throws {Unreadable} */
export function parseYaml(text: string): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const [error] = document.errors
  if (error !== undefined) throw new Unreadable(error.message, locate(error.pos[0]))
  try {
    return { value: document.toJS() ?? {}, locate: (path) => locate(yamlOffset(document.contents, path)) }
  } catch {
    throw new Unreadable('an alias (*) names no anchor, or there are too many', { line: 1, column: 1 })
  }
}

/** Where a path leads in a YAML document: to the key that names the last member, or as far as there is one. */
function yamlOffset(root: Node | null, path: JsonPath): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    if (isMap<Node, Node>(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step))
      offset = pair?.key.range?.[0] ?? offset
      node = pair?.value
    } else if (isSeq<Node>(node)) {
      const item = node.items[Number(step)]
      offset = item?.range?.[0] ?? offset
      node = item
    }
  }
  return offset
}
