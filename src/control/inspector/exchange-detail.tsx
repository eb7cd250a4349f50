import { useState } from 'preact/hooks'
import type { Exchange } from '../../public/journal.ts'
import { BodyView } from './body-view.tsx'
import { curlCommand } from './curl-command.ts'
import { Status, writeDuration } from './exchange-row.tsx'
import { useInspector } from './inspector.ts'
import { type NamedValue, NameValueTable } from './name-value-table.tsx'
import { useChanges } from './observable.ts'
import { copy } from './save-text.ts'

/** The selected exchange: everything that was sent and received. */
export function ExchangeDetail({ selected }: { selected: Exchange | undefined }) {
  const { exchanges } = useInspector()
  useChanges(exchanges)
  // While a response is under way, the selected exchange is replaced by one that has it.
  const exchange = selected && (exchanges.find(selected.correlationId) ?? selected)
  if (exchange === undefined) return <p class="empty">Choose a request to see what was sent and received.</p>
  return (
    <article key={exchange.correlationId}>
      <h2 id="exchange-title" tabIndex={-1}>
        <Status exchange={exchange} /> {exchange.operation ?? 'not served'}
      </h2>
      <p class="url">
        <b>{exchange.method}</b> {exchange.path}
      </p>
      <CopyButton exchange={exchange} />
      <Facts exchange={exchange} />
      <RequestView exchange={exchange} />
      <ResponseView exchange={exchange} />
    </article>
  )
}

function CopyButton({ exchange }: { exchange: Exchange }) {
  const { notices } = useInspector()
  const [failed, setFailed] = useState<string>()
  const command = () => curlCommand(exchange, location.origin)
  const run = () =>
    copy(command()).then(
      () => notices.show('Copied. Set HUBSPOT_TOKEN to the token before you run it.'),
      () => setFailed(command()),
    )
  return (
    <div class="row">
      <button type="button" onClick={run}>
        Copy as curl
      </button>
      {failed !== undefined && <textarea aria-label="curl command" readOnly rows={6} value={failed} />}
    </div>
  )
}

function Facts({ exchange }: { exchange: Exchange }) {
  const { mock } = useInspector()
  const { at, ms, portal, scenario, correlationId, hint, unread } = exchange
  const facts: NamedValue[] = [
    ['Time', at],
    ['Duration', ms === null ? 'in progress' : writeDuration(ms)],
    ['Portal', mock.labelOf(portal)],
    ['Scenario', scenario ?? 'none'],
    ['Correlation id', correlationId],
  ]
  return (
    <>
      <NameValueTable title="Summary" values={facts} />
      {hint !== null && <p class="hint-text">{hint}</p>}
      {unread.length > 0 && (
        <p class="hint-text">
          The operation does not read <mark>{unread.join(', ')}</mark>
        </p>
      )}
    </>
  )
}

function RequestView({ exchange: { query, headers, body, unread } }: { exchange: Exchange }) {
  const unreadIn = (place: string) =>
    unread.flatMap((path) => (path.startsWith(place) ? [path.slice(place.length)] : []))
  const isBodyUnread = unread.includes('body')
  return (
    <section aria-labelledby="request-title">
      <h3 id="request-title">Request</h3>
      {query !== '' && (
        <NameValueTable title="Query" values={[...new URLSearchParams(query)]} unread={unreadIn('query.')} />
      )}
      <NameValueTable title="Headers" values={Object.entries(headers)} />
      <BodyView title={isBodyUnread ? 'Body (not read)' : 'Body'} text={body} unread={unreadIn('body.')} />
    </section>
  )
}

function ResponseView({ exchange: { responseHeaders, responseBody, status, ms } }: { exchange: Exchange }) {
  return (
    <section aria-labelledby="response-title">
      <h3 id="response-title">Response</h3>
      {status === null && (
        <p class="faint">{ms === null ? 'No response yet.' : 'The connection broke without a response.'}</p>
      )}
      {Object.keys(responseHeaders).length > 0 && (
        <NameValueTable title="Headers" values={Object.entries(responseHeaders)} />
      )}
      {status !== null && <BodyView title="Body" text={responseBody} unread={[]} />}
    </section>
  )
}
