const maximumTries = 6

/**
 * The client under test: a small one, as an integration has it. It tries again after a 429, a 5xx or a lost
 * connection, and while the batch is not complete.
 */
export async function readCampaigns(baseUrl, token, ids, query = '') {
  for (let tries = 0; tries < maximumTries; tries++) {
    const response = await request(baseUrl, token, ids, query)
    if (response === undefined || response.status === 429 || response.status >= 500) continue
    if (response.status >= 400) throw new Error(response.body.category)
    if (response.body.status === 'COMPLETE') return response.body
  }
  throw new Error('gave up')
}

async function request(baseUrl, token, ids, query) {
  try {
    const response = await fetch(`${baseUrl}/marketing/v3/campaigns/batch/read${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return undefined // the connection was lost
  }
}
