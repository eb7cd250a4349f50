import { useEffect, useState } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { CampaignEditor } from './campaign-editor.tsx'
import { useInspector } from './inspector.ts'
import { Problem } from './problem.tsx'

/** A campaign, as far as the list shows it. */
interface ListedCampaign {
  readonly id: string
  readonly properties: Record<string, string | null>
}

interface CampaignPage {
  readonly campaigns: readonly ListedCampaign[]
  readonly after?: string
}

const pageSize = 50
const typingMs = 200

/** Finds, shows, adds, changes and removes campaigns. */
export function CampaignPanel() {
  const { api, scope } = useInspector()
  const [search, setSearch] = useState('')
  const [page, setPage] = useState<CampaignPage>({ campaigns: [] })
  const [problem, setProblem] = useState<ApiError>()
  const [edited, setEdited] = useState<string>()
  const load = async (after?: string) => {
    try {
      const next = await findCampaigns(api, search, after)
      setPage((before) =>
        after === undefined ? next : { ...next, campaigns: [...before.campaigns, ...next.campaigns] },
      )
      setProblem(undefined)
    } catch (error) {
      setProblem(error as ApiError)
    }
  }
  useEffect(() => {
    const timer = setTimeout(load, typingMs)
    return () => clearTimeout(timer)
  }, [search, api.portal])
  const edit = (campaign: object) => setEdited(JSON.stringify(campaign, null, 2))
  const { after } = page
  return (
    <>
      <section aria-labelledby="campaigns-title">
        <h2 id="campaigns-title">Campaigns of {scope}</h2>
        <div class="row">
          <input
            type="search"
            class="grow"
            aria-label="Search campaigns by name or id"
            placeholder="Search by name or id"
            value={search}
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
          <button type="button" onClick={() => edit({ id: newId(), properties: { hs_name: 'New campaign' } })}>
            New campaign
          </button>
        </div>
        <Problem error={problem} />
      </section>
      {edited !== undefined && (
        <CampaignEditor text={edited} setText={setEdited} changed={() => load()} close={() => setEdited(undefined)} />
      )}
      <ul class="entries">
        {page.campaigns.map((campaign) => (
          <li key={campaign.id}>
            <span class="entry">
              <b>{campaign.properties['hs_name'] ?? 'no name'}</b>
              <code>{campaign.id}</code>
            </span>
            <button
              type="button"
              aria-label={`Show and edit ${campaign.properties['hs_name'] ?? campaign.id}`}
              onClick={() => edit(campaign)}
            >
              Edit
            </button>
          </li>
        ))}
      </ul>
      {page.campaigns.length === 0 && <p class="faint">No campaign found.</p>}
      {search !== '' && page.campaigns.length >= pageSize && (
        <p class="faint">Only the first {pageSize} are shown: type more of the name.</p>
      )}
      {after !== undefined && (
        <button type="button" onClick={() => load(after)}>
          Show more
        </button>
      )}
    </>
  )
}

/** Finds campaigns whose name contains a text, preceded by the campaign whose id is exactly this text. */
async function findCampaigns(
  api: ReturnType<typeof useInspector>['api'],
  search: string,
  after: string | undefined,
): Promise<CampaignPage> {
  const query = new URLSearchParams({ limit: String(pageSize) })
  if (search !== '') query.set('name', search)
  if (after !== undefined) query.set('after', after)
  const page = await api.get<CampaignPage>(`campaigns?${query}`)
  if (search.trim() === '' || after !== undefined) return page
  const byId = await api.get<ListedCampaign>(`campaigns/${encodeURIComponent(search.trim())}`).catch(() => undefined)
  const others = page.campaigns.filter(({ id }) => id !== byId?.id)
  return { ...page, campaigns: byId === undefined ? others : [byId, ...others] }
}

/** A random GUID. Browsers provide crypto.randomUUID only to pages with HTTPS or on localhost. */
function newId(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}
