import { useEffect, useState } from 'preact/hooks'
import { ControlToken } from './control-token.tsx'
import { Header } from './header.tsx'
import { useInspector } from './inspector.ts'
import { useChanges } from './observable.ts'
import { Problem } from './problem.tsx'
import { Workspace } from './workspace.tsx'

/** The clock and the rate limit change without a request. */
const refreshEveryMs = 5000

/** The page: asks for the control token where the mock has one, and then shows the mock. */
export function App({ needsControlToken }: { needsControlToken: boolean }) {
  const inspector = useInspector()
  const { api, feed } = inspector
  const [hasToken, setHasToken] = useState(!needsControlToken)
  useChanges(feed)
  useEffect(() => (hasToken ? follow(inspector) : undefined), [hasToken])
  const isRefused = feed.status === 'refused'
  if (needsControlToken && (!hasToken || isRefused)) {
    const submit = (token: string) => {
      api.controlToken = token
      setHasToken(true)
      if (hasToken) inspector.choosePortal(undefined)
    }
    return <ControlToken problem={isRefused ? feed.problem : undefined} submit={submit} />
  }
  return (
    <div class="app">
      <Header />
      {isRefused && <Problem error={feed.problem} />}
      <Workspace />
      <NoticeLine />
    </div>
  )
}

/** Reads exchanges as they arrive, and the state of the mock after each change. @returns a function that stops this */
function follow(inspector: ReturnType<typeof useInspector>): () => void {
  const { mock, exchanges } = inspector
  inspector.choosePortal(undefined)
  const subscriptions = [
    exchanges.subscribe(() => mock.refreshSoon()),
    mock.subscribe(() => inspector.leaveMissingPortal()),
  ]
  const timer = setInterval(() => mock.refreshSoon(), refreshEveryMs)
  const refresh = () => mock.refreshSoon()
  document.addEventListener('visibilitychange', refresh)
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', refresh)
  }
}

function NoticeLine() {
  const { notices } = useInspector()
  useChanges(notices)
  return (
    <p class="notice" role="status">
      {notices.text}
    </p>
  )
}
