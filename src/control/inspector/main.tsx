import { render } from 'preact'
import { App } from './app.tsx'
import { Inspector, InspectorContext } from './inspector.ts'

const inspector = new Inspector()

render(
  <InspectorContext.Provider value={inspector}>
    <App needsControlToken={document.documentElement.dataset['controlToken'] === 'required'} />
  </InspectorContext.Provider>,
  document.body,
)
