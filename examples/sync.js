// A small but complete integration: it logs in, lists all campaigns, reads them in batches, and follows the asset cursors.
const batchSize = 50
const maximumTries = 5

/**
 * Reads all campaigns of an account with their assets.
 * @param {{ baseUrl?: string, refreshToken: string, wait?: (seconds: number) => Promise<void> }} options
 */
export async function syncCampaigns({ baseUrl = 'https://api.hubapi.com', refreshToken, wait = waitFor }) {
  const api = new Api(baseUrl, refreshToken, wait)
  const ids = await api.list('/marketing/v3/campaigns?limit=100')
  const campaigns = []
  for (let i = 0; i < ids.length; i += batchSize) {
    const inputs = ids.slice(i, i + batchSize).map(({ id }) => ({ id }))
    const { results } = await api.call('/marketing/v3/campaigns/batch/read?properties=hs_name', { inputs })
    campaigns.push(...results)
  }
  for (const campaign of campaigns) {
    for (const [type, assets] of Object.entries(campaign.assets)) {
      campaign.assets[type] = [...assets.results, ...(await api.list(assets.paging?.next.link))]
    }
  }
  return campaigns
}

class Api {
  #baseUrl
  #refreshToken
  #wait
  #accessToken

  constructor(baseUrl, refreshToken, wait) {
    this.#baseUrl = baseUrl
    this.#refreshToken = refreshToken
    this.#wait = wait
  }

  /** The results of all pages, from this one on. */
  async list(path) {
    const all = []
    for (let next = path; next !== undefined; ) {
      const { results, paging } = await this.call(next)
      all.push(...results)
      next = paging?.next.link
    }
    return all
  }

  /** Calls the API. It tries again after a 429 or a 5xx, and with a new token after a 401. */
  async call(path, body) {
    for (let tries = 1; ; tries++) {
      this.#accessToken ??= await this.#logIn()
      const response = await fetch(new URL(path, this.#baseUrl), {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${this.#accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (response.ok) return response.json()
      const { status, headers } = response
      if (tries === maximumTries || (status !== 401 && status !== 429 && status < 500)) {
        throw new Error(`${status} for ${path}: ${await response.text()}`)
      }
      if (status === 401) this.#accessToken = undefined
      else await this.#wait(Number(headers.get('retry-after') ?? 1))
    }
  }

  async #logIn() {
    const response = await fetch(new URL('/oauth/v1/token', this.#baseUrl), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: this.#refreshToken,
        client_id: process.env.HUBSPOT_CLIENT_ID ?? 'app',
        client_secret: process.env.HUBSPOT_CLIENT_SECRET ?? 'secret',
      }),
    })
    if (!response.ok) throw new Error(`log-in failed with ${response.status}`)
    return (await response.json()).access_token
  }
}

function waitFor(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}

if (import.meta.filename === process.argv[1]) {
  const refreshToken = process.env.HUBSPOT_REFRESH_TOKEN ?? 'example'
  const campaigns = await syncCampaigns({ baseUrl: process.env.HUBSPOT_BASE_URL, refreshToken })
  for (const { id, properties } of campaigns) console.log(id, properties.hs_name)
}
