import { useState } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { useInspector } from './inspector.ts'
import { Problem } from './problem.tsx'

interface StepsEditorProps {
  readonly steps: string
  readonly setSteps: (steps: string) => void
  /** Called after a scenario was saved. */
  readonly saved: () => void
}

/** Steps as JSON, to play them or to save them under a name. The mock checks them. */
export function StepsEditor({ steps, setSteps, saved }: StepsEditorProps) {
  const inspector = useInspector()
  const { api } = inspector
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<ApiError>()
  const play = async () =>
    setProblem(
      await inspector.change(
        // Steps that repeat are an object already.
        () => api.put('scenario', steps.trimStart().startsWith('{') ? steps : `{"steps":${steps}}`),
        () => `Playing your steps for ${inspector.scope}`,
      ),
    )
  const save = async () => {
    const error = await inspector.change(
      () => api.put(`scenarios/${encodeURIComponent(name)}`, steps),
      () => `Saved the scenario ${name}`,
    )
    setProblem(error)
    if (error === undefined) saved()
  }
  return (
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">Your own steps</h2>
      <textarea
        aria-label="Steps as JSON"
        spellcheck={false}
        rows={6}
        value={steps}
        onInput={({ currentTarget }) => setSteps(currentTarget.value)}
      />
      <Problem error={problem} />
      <div class="row">
        <button type="button" class="primary" onClick={play}>
          Play these steps
        </button>
        <input
          aria-label="Name of the scenario"
          placeholder="name"
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <button type="button" disabled={name === ''} onClick={save}>
          Save as scenario
        </button>
      </div>
    </section>
  )
}
