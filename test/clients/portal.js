import { randomUUID } from 'node:crypto'

/** Creates a portal for one test: a unique token, and a function that calls the control API with it. */
export function newPortal(baseUrl = process.env.HUBSPOT_BASE_URL) {
  if (!baseUrl) throw new Error('HUBSPOT_BASE_URL is not set: run the tests with exec, or with a globalSetup')
  const token = randomUUID()
  const control = async (method, path, body) => {
    const response = await fetch(`${baseUrl}/_mock/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(await response.text())
    return response.status === 204 ? undefined : response.json()
  }
  return { baseUrl, token, control }
}
