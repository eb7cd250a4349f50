import type { ApiError } from './api.ts'

/** An error of the control API, with its hint. */
export function Problem({ error }: { error: Pick<ApiError, 'message' | 'hint'> | undefined }) {
  if (error === undefined) return null
  return (
    <div class="problem" role="alert">
      <p>{error.message}</p>
      {error.hint !== '' && <p class="faint">{error.hint}</p>}
    </div>
  )
}
