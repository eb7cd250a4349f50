import { useRef, useState } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { useInspector } from './inspector.ts'
import { Problem } from './problem.tsx'

/** Resets the mock or the portal, after a confirmation. */
export function ResetButton() {
  const inspector = useInspector()
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState<ApiError>()
  const reset = async () => {
    const error = await inspector.change(
      () => inspector.api.post('reset'),
      () => `Reset ${inspector.scope}`,
    )
    setProblem(error)
    if (error === undefined) dialog.current?.close()
  }
  return (
    <>
      <button type="button" class="reset" onClick={() => dialog.current?.showModal()}>
        Reset…
      </button>
      <dialog ref={dialog} aria-labelledby="reset-title">
        <h2 id="reset-title">Reset {inspector.scope}?</h2>
        <p>
          Campaigns, scenarios, held responses, errors, rate limit, clock and journal return to their state after start.
        </p>
        <Problem error={problem} />
        <div class="row end">
          <button type="button" autofocus onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" class="danger" onClick={reset}>
            Reset
          </button>
        </div>
      </dialog>
    </>
  )
}
