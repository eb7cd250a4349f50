import { useMemo, useState } from 'preact/hooks'
import { type JsonLine, jsonLines } from './json-lines.ts'

/** A larger body is shown up to here, and further when more of it is asked for, so that the page stays fast. */
const firstLines = 500
const firstChars = 50_000
const moreTimes = 4
/** Larger JSON is shown as it was sent. */
const maximumJsonChars = 500_000

interface BodyViewProps {
  readonly title: string
  readonly text: string
  /** The paths of members that the operation does not read. */
  readonly unread: readonly string[]
}

/** A body: JSON with indentation, anything else as it was sent. */
export function BodyView({ title, text, unread }: BodyViewProps) {
  const [times, setTimes] = useState(1)
  const lines = useMemo(() => (text.length > maximumJsonChars ? undefined : jsonLines(text)), [text])
  if (text === '') return <p class="faint">No body</p>
  const [maximumLines, maximumChars] = [firstLines * times, firstChars * times]
  const isCut = lines === undefined ? text.length > maximumChars : isLonger(lines, maximumLines, maximumChars)
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
            ? text.slice(0, maximumChars)
            : lines
                .slice(0, maximumLines)
                .map((line, i) => (
                  <Line
                    key={i}
                    line={line}
                    maximumChars={maximumChars}
                    isUnread={unread.some((path) => isWithin(line.path, path))}
                  />
                ))}
        </pre>
      </section>
      {isCut && (
        <button type="button" onClick={() => setTimes(times * moreTimes)}>
          Show more
        </button>
      )}
    </details>
  )
}

/** Whether JSON has more lines, or a longer value, than is shown. */
function isLonger(lines: readonly JsonLine[], maximumLines: number, maximumChars: number): boolean {
  return (
    lines.length > maximumLines || lines.some(({ tokens }) => tokens.some(({ text }) => text.length > maximumChars))
  )
}

interface LineProps {
  readonly line: JsonLine
  /** A longer value is cut. */
  readonly maximumChars: number
  readonly isUnread: boolean
}

function Line({ line: { depth, tokens }, maximumChars, isUnread }: LineProps) {
  const content = tokens.map(({ kind, text }, i) =>
    kind === 'sign' ? (
      text
    ) : (
      <span key={i} class={`json-${kind}`}>
        {text.slice(0, maximumChars)}
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
