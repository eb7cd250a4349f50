import { useMemo, useState } from 'preact/hooks'
import { type JsonLine, jsonLines } from './json-lines.ts'

/** A larger body is shown up to here, until all of it is asked for, so that the page stays fast. */
const shortLines = 500
const shortChars = 50_000
/** Larger JSON is shown as it was sent. */
const maximumJsonChars = 2_000_000

interface BodyViewProps {
  readonly title: string
  readonly text: string
  /** The paths of members that the operation does not read. */
  readonly unread: readonly string[]
}

/** A body: JSON with indentation, anything else as it was sent. */
export function BodyView({ title, text, unread }: BodyViewProps) {
  const [isWhole, setIsWhole] = useState(false)
  const lines = useMemo(() => (text.length > maximumJsonChars ? undefined : jsonLines(text)), [text])
  if (text === '') return <p class="faint">No body</p>
  const isCut = !isWhole && (lines === undefined ? text.length > shortChars : lines.length > shortLines)
  const size = `${text.length.toLocaleString('en')} characters`
  return (
    <details open>
      <summary>
        {title} <span class="faint">({size})</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls needs the focus to scroll by keyboard */}
      <section class="body" tabIndex={0} aria-label={`${title}, ${size}`}>
        <pre>
          {lines === undefined
            ? text.slice(0, isCut ? shortChars : undefined)
            : lines
                .slice(0, isCut ? shortLines : undefined)
                .map((line, i) => (
                  <Line key={i} line={line} isUnread={unread.some((path) => isWithin(line.path, path))} />
                ))}
        </pre>
      </section>
      {isCut && (
        <button type="button" onClick={() => setIsWhole(true)}>
          Show all {lines === undefined ? size : `${lines.length.toLocaleString('en')} lines`}
        </button>
      )}
    </details>
  )
}

function Line({ line: { depth, tokens }, isUnread }: { line: JsonLine; isUnread: boolean }) {
  const content = tokens.map(({ kind, text }, i) =>
    kind === 'sign' ? (
      text
    ) : (
      <span key={i} class={`json-${kind}`}>
        {text}
      </span>
    ),
  )
  return (
    <>
      {'  '.repeat(depth)}
      {isUnread ? <mark title="not read by the operation">{content}</mark> : content}
      {'\n'}
    </>
  )
}

/** Whether a path is another one, or leads into it. */
function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
}
