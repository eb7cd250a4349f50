import { request } from 'node:http'

/** What a client sees of one response. */
export interface Outcome {
  readonly status: number | 'no response'
  readonly body: string
  readonly isComplete: boolean
  readonly isInPieces: boolean
}

/** Sends a batch read, or a list of campaigns, on a connection of its own. */
export function call(url: string, token: string, method: 'GET' | 'POST' = 'POST', query = ''): Promise<Outcome> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const path = method === 'GET' ? '/marketing/v3/campaigns' : '/marketing/v3/campaigns/batch/read'
  return new Promise((resolve) => {
    const noResponse: Outcome = { status: 'no response', body: '', isComplete: false, isInPieces: false }
    const sent = request(`${url}${path}${query}`, { method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece) => pieces.push(piece))
      response.on('error', () => {})
      response.on('close', () => {
        const body = Buffer.concat(pieces).toString()
        const { statusCode: status = 0, complete: isComplete } = response
        resolve({ status, body: timeless(body), isComplete, isInPieces: pieces.length > maximumPiecesOfWhole })
      })
    })
    sent.on('error', () => resolve(noResponse))
    sent.end(method === 'GET' ? '' : '{"inputs":[{"id":"430318c4-abb7-4bf7-a75e-9c5fa8f475a6"}]}')
  })
}

/** A body that is sent as a whole can still arrive in two or three pieces. */
const maximumPiecesOfWhole = 3

/** A body without its timestamps and ids, which differ between two responses. */
function timeless(body: string): string {
  return body.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time').replace(/"correlationId":"[^"]+"/, '"correlationId":"id"')
}
