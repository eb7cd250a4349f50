import { useEffect, useState } from 'preact/hooks'
import type { ClockState } from '../../public/controls.ts'
import type { ApiError } from './api.ts'
import { useInspector } from './inspector.ts'
import { useChanges } from './observable.ts'
import { Problem } from './problem.tsx'

const tickMs = 1000

/** The time of the mock, which moves on by itself between two reads. */
function useClock(): string {
  const { mock } = useInspector()
  useChanges(mock)
  const [, tick] = useState(0)
  useEffect(() => {
    if (!mock.clock.running) return
    const timer = setInterval(() => tick((count) => count + 1), tickMs)
    return () => clearInterval(timer)
  }, [mock.clock.running])
  const { nowMs } = mock
  return nowMs === undefined ? '' : `${new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

export function ClockReadout() {
  const { mock } = useInspector()
  const now = useClock()
  return (
    <span class="fact clock-fact">
      <span class="label">Clock</span> <time>{now}</time>
      {!mock.clock.running && <strong> stopped</strong>}
    </span>
  )
}

const steps = ['1s', '11s', '1m', '30m', '1d']

/** Shows and moves the clock of the mock or of a portal. */
export function ClockPanel() {
  const inspector = useInspector()
  const { mock, api } = inspector
  const now = useClock()
  const [problem, setProblem] = useState<ApiError>()
  const [duration, setDuration] = useState('61s')
  const [moment, setMoment] = useState('')
  const put = async (change: object, done: string) =>
    setProblem(
      await inspector.change(
        () => api.put<ClockState>('clock', JSON.stringify(change)),
        () => done,
      ),
    )
  const advance = (by: string) => put({ advance: by }, `Advanced the clock by ${by}`)
  const { running } = mock.clock
  return (
    <section aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <p>
        <time class="big">{now}</time> {running ? 'running' : 'stopped: delays wait until the clock is advanced'}
      </p>
      <div class="row">
        <button
          type="button"
          onClick={() => put({ running: !running }, running ? 'Stopped the clock' : 'Started the clock')}
        >
          {running ? 'Stop the clock' : 'Start the clock'}
        </button>
      </div>
      <fieldset class="row" aria-label="Advance the clock">
        <span class="label">Advance by</span>
        {steps.map((by) => (
          <button key={by} type="button" onClick={() => advance(by)}>
            {by}
          </button>
        ))}
        <input
          class="short"
          aria-label="Duration, such as 61s"
          value={duration}
          onInput={({ currentTarget }) => setDuration(currentTarget.value)}
        />
        <button type="button" onClick={() => advance(duration)}>
          Advance
        </button>
      </fieldset>
      <div class="row">
        <label>
          <span class="label">Set to</span>
          <input
            placeholder="2026-05-01T00:00:00Z"
            value={moment}
            onInput={({ currentTarget }) => setMoment(currentTarget.value)}
          />
        </label>
        <button type="button" onClick={() => put({ now: moment }, `Set the clock to ${moment}`)}>
          Set
        </button>
      </div>
      <Problem error={problem} />
    </section>
  )
}
