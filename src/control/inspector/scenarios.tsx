import { useEffect, useState } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { useInspector } from './inspector.ts'
import type { ActiveScenario } from './mock-state.ts'
import { useChanges } from './observable.ts'
import { Problem } from './problem.tsx'
import { StepsEditor } from './steps-editor.tsx'

/** Scenarios by name: their steps as JSON values. */
type Scenarios = Record<string, unknown>

/** Plays and stops scenarios, and releases what they hold. */
export function ScenarioPanel() {
  const inspector = useInspector()
  const { mock, api } = inspector
  useChanges(mock)
  const [scenarios, setScenarios] = useState<Scenarios>({})
  const [problem, setProblem] = useState<ApiError>()
  const [steps, setSteps] = useState('[\n  { "error": "rate-limited", "times": 2 }\n]')
  const load = () => api.get<Scenarios>('scenarios').then(setScenarios, setProblem)
  useEffect(() => void load(), [api.portal])
  const run = async (call: () => Promise<unknown>, describe: (result: unknown) => string) =>
    setProblem(await inspector.change(call, describe))
  const play = (name: string) =>
    run(
      () => api.put('scenario', JSON.stringify({ name })),
      () => `Playing ${name} for ${inspector.scope}`,
    )
  return (
    <>
      <section aria-labelledby="active-title">
        <h2 id="active-title">Scenario of {inspector.scope}</h2>
        <p>{describeActive(mock.scenario)}</p>
        <div class="row">
          <button
            type="button"
            onClick={() =>
              run(
                () => api.delete('scenario'),
                () => `Stopped the scenario of ${inspector.scope}`,
              )
            }
          >
            Stop
          </button>
          <button type="button" onClick={() => run(() => api.post('scenario/release'), describeRelease)}>
            Release held responses
          </button>
        </div>
        <Problem error={problem} />
      </section>
      <StepsEditor steps={steps} setSteps={setSteps} saved={load} />
      <ScenarioList scenarios={scenarios} active={mock.scenario.name} play={play} edit={setSteps} />
    </>
  )
}

interface ScenarioListProps {
  readonly scenarios: Scenarios
  readonly active: string | null
  readonly play: (name: string) => void
  readonly edit: (steps: string) => void
}

function ScenarioList({ scenarios, active, play, edit }: ScenarioListProps) {
  return (
    <section aria-labelledby="scenarios-title">
      <h2 id="scenarios-title">All scenarios</h2>
      <ul class="entries">
        {Object.entries(scenarios).map(([name, steps]) => (
          <li key={name} class={name === active ? 'active' : ''}>
            <span class="entry">
              <b>{name}</b>
              <code title={JSON.stringify(steps)}>{JSON.stringify(steps)}</code>
            </span>
            <button
              type="button"
              aria-label={`Edit the steps of ${name}`}
              onClick={() => edit(JSON.stringify(steps, null, 2))}
            >
              Edit
            </button>
            <button type="button" aria-label={`Play ${name}`} onClick={() => play(name)}>
              Play
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function describeActive({ name, step, left }: ActiveScenario): string {
  if (name === null) return 'No scenario is active: responses are normal.'
  if (step === null) return `${name} has ended: responses are normal.`
  return `${name}, step ${step}${left === null ? '' : `, ${left} left`}`
}

function describeRelease(result: unknown): string {
  const { released } = Object(result)
  return `Released ${released} held ${released === 1 ? 'response' : 'responses'}`
}
