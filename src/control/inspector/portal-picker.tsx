import { useInspector } from './inspector.ts'
import { useChanges } from './observable.ts'

/** Selects what the page shows and controls: the whole mock, or one portal. */
export function PortalPicker() {
  const inspector = useInspector()
  const { mock, api } = inspector
  useChanges(mock)
  return (
    <label class="fact">
      <span class="label">Portal</span>
      <select
        value={api.portal ?? ''}
        onChange={({ currentTarget: { value } }) => inspector.choosePortal(value === '' ? undefined : value)}
      >
        <option value="">All (the whole mock)</option>
        {mock.portals.map(({ name, label, requests }) => (
          <option key={name} value={name}>
            {`${label ?? name} (${requests})`}
          </option>
        ))}
      </select>
    </label>
  )
}
