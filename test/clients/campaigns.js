const mostTries = 6

/**
 * What is under test here: a small client as an integration has one. It asks again after a 429, a 5xx or a lost
 * connection, and while the batch is not complete.
 */
export async function readCampaigns(baseUrl, token, ids, query = '') {
  for (let tries = 0; tries < mostTries; tries++) {
    const answer = await ask(baseUrl, token, ids, query)
    if (answer === undefined || answer.status === 429 || answer.status >= 500) continue
    if (answer.status >= 400) throw new Error(answer.body.category)
    if (answer.body.status === 'COMPLETE') return answer.body
  }
  throw new Error('gave up')
}

async function ask(baseUrl, token, ids, query) {
  try {
    const answer = await fetch(`${baseUrl}/marketing/v3/campaigns/batch/read${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }),
    })
    return { status: answer.status, body: await answer.json() }
  } catch {
    return undefined // the connection was lost
  }
}
