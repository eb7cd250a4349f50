import { useState } from 'preact/hooks'
import type { RateLimitState } from '../../public/controls.ts'
import type { ApiError } from './api.ts'
import { useInspector } from './inspector.ts'
import { useChanges } from './observable.ts'
import { Problem } from './problem.tsx'

/** How full the window of ten seconds is. For the whole mock there is none: each portal has its own. */
export function RateLimitMeter() {
  const { mock, api } = useInspector()
  useChanges(mock)
  if (mock.rateLimit === undefined) return null
  const { limit, remaining, perTenSeconds } = mock.rateLimit
  if (api.portal === undefined) {
    return (
      <span class="fact limit-fact">
        <span class="label">Rate limit</span> {limit}
      </span>
    )
  }
  const used = perTenSeconds - remaining
  return (
    <span class="fact limit-fact">
      <span class="label">Rate limit</span>
      <meter
        min={0}
        max={perTenSeconds}
        high={perTenSeconds * 0.8}
        optimum={0}
        value={used}
        aria-label="Calls in the last ten seconds"
      />
      <span>
        {used} of {perTenSeconds} in 10 s{limit === 'off' && ' (off)'}
      </span>
    </span>
  )
}

const names = ['off', 'free', 'professional', 'oauth']

/** Shows and changes the rate limit of the mock or of a portal. */
export function RateLimitPanel() {
  const inspector = useInspector()
  const { mock, api } = inspector
  useChanges(mock)
  const [problem, setProblem] = useState<ApiError>()
  const [limit, setLimit] = useState('3')
  const run = async (call: () => Promise<RateLimitState>, done: string) =>
    setProblem(await inspector.change(call, () => done))
  const put = (value: string | number) =>
    run(() => api.put('rate-limit', JSON.stringify({ limit: value })), `Set the rate limit to ${value}`)
  const { limit: current, dailyRemaining = null } = mock.rateLimit ?? {}
  return (
    <section aria-labelledby="limit-title">
      <h2 id="limit-title">Rate limit</h2>
      <RateLimitMeter />
      {dailyRemaining !== null && api.portal !== undefined && <p>{dailyRemaining} calls left today (UTC)</p>}
      {api.portal === undefined && <p class="faint">Each portal has its own window: choose a portal to see it fill.</p>}
      <fieldset class="row" aria-label="Set the rate limit">
        {names.map((name) => (
          <button key={name} type="button" aria-pressed={current === name} onClick={() => put(name)}>
            {name}
          </button>
        ))}
        <input
          class="short"
          inputMode="numeric"
          aria-label="Calls per ten seconds"
          value={limit}
          onInput={({ currentTarget }) => setLimit(currentTarget.value)}
        />
        <button type="button" onClick={() => put(/^\d+$/.test(limit) ? Number(limit) : limit)}>
          Set calls per 10 s
        </button>
        <button type="button" onClick={() => run(() => api.delete('rate-limit'), 'Restored the rate limit')}>
          Restore
        </button>
      </fieldset>
      <Problem error={problem} />
    </section>
  )
}
