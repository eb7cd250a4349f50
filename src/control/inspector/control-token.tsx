import { useState } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { Problem } from './problem.tsx'

interface ControlTokenProps {
  /** Why the mock refused the previous token. */
  readonly problem: ApiError | undefined
  readonly submit: (token: string) => void
}

/** Asks for the control token of the mock. */
export function ControlToken({ problem, submit }: ControlTokenProps) {
  const [token, setToken] = useState('')
  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (token !== '') submit(token)
        }}
      >
        <h1>Inspector</h1>
        <label>
          Control token
          <input
            type="password"
            autocomplete="off"
            autofocus
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </label>
        <Problem error={problem} />
        <button type="submit" class="primary">
          Open
        </button>
        <p class="faint">The mock was started with a control token. This page keeps it in memory until you close it.</p>
      </form>
    </main>
  )
}
