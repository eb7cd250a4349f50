import { randomUUID } from 'node:crypto'

/** A portal that nobody else has: a token of its own, and what a test asks of the control API with it. */
export function newPortal(baseUrl = process.env.HUBSPOT_BASE_URL) {
  if (!baseUrl) throw new Error('HUBSPOT_BASE_URL is not set: run it under exec, or with a globalSetup')
  const token = randomUUID()
  const control = async (method, path, body) => {
    const answer = await fetch(`${baseUrl}/_mock/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.status === 204 ? undefined : answer.json()
  }
  return { baseUrl, token, control }
}
