import { useState } from 'preact/hooks'
import { ApiError } from './api.ts'
import { useInspector } from './inspector.ts'
import { Problem } from './problem.tsx'

interface CampaignEditorProps {
  readonly text: string
  readonly setText: (text: string) => void
  /** Called after the campaign was saved or removed. */
  readonly changed: () => void
  readonly close: () => void
}

/** One campaign as JSON, in the format of a fixture. The mock checks it. */
export function CampaignEditor({ text, setText, changed, close }: CampaignEditorProps) {
  const inspector = useInspector()
  const { api } = inspector
  const [problem, setProblem] = useState<ApiError>()
  const run = async (call: (path: string) => Promise<unknown>, done: string) => {
    const id = idIn(text)
    const error =
      id === undefined
        ? new ApiError(
            0,
            'the campaign has no id',
            'write it as JSON with an id: {"id":"…","properties":{"hs_name":"…"}}',
          )
        : await inspector.change(
            () => call(`campaigns/${encodeURIComponent(id)}`),
            () => `${done} campaign ${id}`,
          )
    setProblem(error)
    if (error === undefined) changed()
    return error === undefined
  }
  return (
    <section aria-labelledby="editor-title" class="editor">
      <h3 id="editor-title">Campaign</h3>
      <textarea
        aria-label="Campaign as JSON"
        spellcheck={false}
        rows={14}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Problem error={problem} />
      <div class="row">
        <button type="button" class="primary" onClick={() => run((path) => api.put(path, text), 'Saved')}>
          Save
        </button>
        <button
          type="button"
          class="danger"
          onClick={async () => {
            if (await run((path) => api.delete(path), 'Removed')) close()
          }}
        >
          Remove
        </button>
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </section>
  )
}

/** The id of a campaign that is written as JSON; undefined if it has none. */
function idIn(text: string): string | undefined {
  try {
    const { id } = Object(JSON.parse(text))
    return typeof id === 'string' && id !== '' ? id : undefined
  } catch {
    return undefined
  }
}
