const batchRead = '/marketing/v3/campaigns/batch/read'
const ownId = '5a0d4e63-0000-4000-8000-000000000001'

/** The calls of one test: it plants a campaign, plays a scenario, logs in, reads, and looks at its journal. */
export class PortalSession {
  readonly #url: string
  readonly #token: string

  constructor(url: string, token: string) {
    this.#url = url
    this.#token = token
  }

  /** Plants a campaign with the name of the token. @returns the status */
  async plant(): Promise<number> {
    return (await this.#control('PUT', `campaigns/${ownId}`, { properties: { hs_name: this.#token } })).status
  }

  /** Plays 429, 429, 200. @returns the status */
  async play(): Promise<number> {
    const steps = [{ error: 'rate-limited', times: 2 }, { status: 'COMPLETE' }]
    return (await this.#control('PUT', 'scenario', { steps })).status
  }

  /** Gets an access token, as a client with a refresh token does. */
  async logIn(): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: this.#token,
      client_id: 'app',
      client_secret: 's',
    })
    const response = await fetch(`${this.#url}/oauth/v1/token`, { method: 'POST', body })
    const { access_token } = Object(await response.json())
    return String(access_token)
  }

  /** Reads the planted campaign. @returns the status, the status of the batch, and the name that was found */
  async read(token = this.#token): Promise<string> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ inputs: [{ id: ownId }] })
    const response = await fetch(`${this.#url}${batchRead}?properties=hs_name`, { method: 'POST', headers, body })
    const { status, results } = Object(await response.json())
    return [response.status, ...(response.ok ? [status, results[0]?.properties.hs_name] : [])].join(' ')
  }

  /** The number of batch reads in the journal of the portal. */
  async journalled(): Promise<number> {
    const { total } = Object(await (await this.#control('GET', `requests?path=${batchRead}`)).json())
    return total
  }

  /** The status of the planted campaign: 404 where it is not there. */
  async planted(): Promise<number> {
    return (await this.#control('GET', `campaigns/${ownId}`)).status
  }

  async #control(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.#url}/_mock/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  }
}

/** Plays a session that uses all forms of a token. @returns whether each of its results was as expected */
export async function isExact(url: string, token: string): Promise<boolean> {
  const session = new PortalSession(url, token)
  const accessToken = await session.logIn()
  const results = [
    await session.plant(),
    await session.play(),
    await session.read(accessToken),
    await session.read(),
    await session.read(accessToken),
    await session.read(`${token}~pending`),
    await session.read(`${accessToken}~processing`),
    await session.journalled(),
  ]
  const expected = [200, 200, '429', '429', `200 COMPLETE ${token}`, '200 PENDING ', '200 PROCESSING ', 5]
  return results.join() === expected.join()
}

/** Calls a function for each of many tokens, a few at a time. */
export async function forEachToken<T>(count: number, call: (token: string) => Promise<T>): Promise<T[]> {
  const tokens = Array.from({ length: count }, (_none, index) => `portal-${index}`)
  const results: T[] = []
  const work = async () => {
    for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) results.push(await call(token))
  }
  await Promise.all(Array.from({ length: parallelSessions }, work))
  return results
}

const parallelSessions = 16
