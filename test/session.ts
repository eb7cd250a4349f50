import { readFile } from 'node:fs/promises'
import { type Fixture, startMock } from '../src/index.ts'

/** A request of a session, and its response. */
export interface Recorded {
  method: string
  /** Path and query. */
  path: string
  requestBody?: string | undefined
  status: number
  headers: [string, string][]
  body: string
}

/** Sends a request and returns the body of its response. */
export type Send = (method: string, path: string, body?: object) => Promise<ReturnType<typeof JSON.parse>>

const may = 'startDate=2026-05-01&endDate=2026-05-31'
const june = 'startDate=2026-06-01&endDate=2026-06-30'
const [first, second, third] = ['1', '2', '3'].map((digit) => '00000000-0000-4000-8000-00000000000'.concat(digit))
const failing = '00000000-0000-4000-8000-000000000403'

/** A fixture with everything that responses can have. */
export const sessionFixture: Fixture = {
  account: { portalId: 4711, timeZone: 'Europe/Berlin', companyCurrency: 'EUR', utcOffset: '+02:00' },
  properties: [
    { name: 'hs_name', label: 'Title' },
    {
      name: 'region',
      type: 'enumeration',
      options: [{ label: 'EMEA', value: 'emea', displayOrder: 0, hidden: false }],
    },
  ],
  campaigns: [
    {
      id: String(first),
      properties: { hs_name: 'Spring', hs_notes: 'A note: "quoted"', hs_currency_code: 'USD' },
      createdAt: '2026-05-05T23:41:20.330Z',
      updatedAt: '2026-05-06T00:00:00.001Z',
      businessUnits: [{ id: 7 }],
      assets: {
        MARKETING_EMAIL: Array.from({ length: 65 }, (_, i) => ({
          id: String(1000 + i),
          name: `Mail ${i}`,
          daily: { '2026-05-06': { SENT: i }, '2026-06-06': { SENT: 2 * i, OPEN: i } },
        })),
        FORM: [{ id: '3f0b6c1e-0000-4000-8000-000000000001' }],
      },
      budgetItems: [
        { id: '9', name: 'Print', amount: 12.34, description: 'Two thousand' },
        { name: 'Radio', amount: 3 },
      ],
      spendItems: [{ id: '11', name: 'Flyers', amount: 0.1, createdAt: 1_777_000_000_000 }],
      reports: {
        metrics: { daily: { '2026-05-06': { sessions: 5 }, '2026-06-07': { sessions: 7, influencedContacts: 3 } } },
        revenue: {
          LINEAR: { daily: { '2026-05-06': { revenueAmount: 1.5 } } },
          FULL_PATH: { dealAmount: 12, currencyCode: 'GBP' },
        },
        contacts: {
          influencedContacts: Array.from({ length: 130 }, (_, i) => String(i)),
          contactFirstTouch: ['5'],
        },
      },
    },
    { id: String(second), properties: { hs_name: 'Summer', hs_budget_items_sum_amount: '7.5' } },
    { id: String(third), properties: { hs_name: 'Winter' }, updatedAt: '2026-03-01' },
  ],
  errors: [
    { id: failing, category: 'PERMISSION_DENIED', message: 'You may not see this campaign', context: { id: ['x'] } },
  ],
}

/** The calls of a client that reads everything, on several versions. */
export async function runSession(send: Send): Promise<void> {
  await send('GET', '/account-info/v3/details')
  await send('GET', '/integrations/v1/me')
  await send('GET', '/crm/v3/properties/campaigns')
  for (let path = '/marketing/v3/campaigns?limit=2&sort=-updatedAt&properties=hs_name,hs_notes'; path !== ''; ) {
    path = pathOf((await send('GET', path)).paging?.next.link)
  }
  const inputs = [first, second, third, 'no-guid', failing].map((id) => ({ id }))
  const names = 'properties=hs_name&properties=hs_notes,hs_budget_items_sum_amount'
  const { results } = await send('POST', `/marketing/campaigns/2026-03/batch/read?${names}&${may}`, { inputs })
  await send('POST', `/marketing/v3/campaigns/batch/read?${june}`, { inputs: inputs.slice(0, 1) })
  for (let path = pathOf(results[0].assets.MARKETING_EMAIL.paging.next.link); path !== ''; ) {
    path = pathOf((await send('GET', path)).paging?.next.link)
  }
  const at = `/marketing/campaigns/2026-09/${first}`
  for (let path = `${at}/assets/MARKETING_EMAIL?limit=20&${june}`; path !== ''; ) {
    path = pathOf((await send('GET', path)).paging?.next.link)
  }
  for (let path = `${at}/reports/contacts/influencedContacts?limit=100`; path !== ''; ) {
    path = pathOf((await send('GET', path)).paging?.next.link)
  }
  await send('GET', `${at}?properties=hs_name,hs_currency_code`)
  await send('GET', `${at}/assets/FORM`)
  await send('GET', `${at}/assets/CTA`)
  await send('GET', `${at}/budget/totals`)
  await send('GET', `${at}/budget/9`)
  await send('GET', `${at}/spend/11`)
  await send('GET', `/marketing/v3/campaigns/${second}/budget/totals`)
  for (const period of [may, june]) {
    await send('GET', `${at}/reports/metrics?${period}`)
    await send('GET', `${at}/reports/revenue?${period}`)
  }
  await send('GET', `${at}/reports/revenue?attributionModel=FULL_PATH&${may}`)
  await send('GET', `${at}/reports/contacts/contactFirstTouch?${may}`)
}

/** Path and query of a link; empty without one. */
function pathOf(link: string | undefined): string {
  return link === undefined ? '' : link.replace(/^https?:\/\/[^/]+/, '')
}

/** Sends requests to a mock, and keeps what was sent and received. */
export function recorder(url: string) {
  const recorded: Recorded[] = []
  const send: Send = async (method, path, body) => {
    const requestBody = body && JSON.stringify(body)
    const response = await sendTo(url, { method, path, requestBody })
    recorded.push(response)
    return JSON.parse(response.body)
  }
  return { recorded, send }
}

async function sendTo(url: string, { method, path, requestBody }: Pick<Recorded, 'method' | 'path' | 'requestBody'>) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: 'Bearer pat-na1-recorded-token', 'content-type': 'application/json' },
    ...(requestBody !== undefined && { body: requestBody }),
  })
  return {
    method,
    path,
    requestBody,
    status: response.status,
    headers: [...response.headers],
    body: await response.text(),
  }
}

/** Sends the requests of a session again to a mock with a fixture, and returns the new responses. */
export async function replay(
  session: readonly Recorded[],
  fixtures: string,
  fidelity: 'documented' | 'observed' = 'documented',
) {
  await using mock = await startMock({ fixtures, fidelity })
  const again: Recorded[] = []
  for (const request of session) again.push(await sendTo(mock.url, request))
  return again
}

/** A session without what differs from call to call: times of batches, and the origin of links. */
export function comparable(session: readonly Recorded[]) {
  return session.map(({ method, path, status, body }) => {
    const plain = body
      .replaceAll(/"(completedAt|startedAt)":"[^"]+"/g, '"$1":""')
      .replaceAll(/https?:\/\/[^/"]+\/marketing/g, '/marketing')
    return { method, path, status, body: JSON.parse(plain) }
  })
}

/** The exchanges of a HAR file that have a body, as a session. */
export async function sessionOf(harFile: string): Promise<Recorded[]> {
  const { log } = JSON.parse(await readFile(harFile, 'utf8'))
  return log.entries.map(({ request, response }: ReturnType<typeof JSON.parse>) => ({
    method: request.method,
    path: request.url.replace(/^https?:\/\/[^/]+/, ''),
    requestBody: request.postData?.text,
    status: response.status,
    headers: [],
    body:
      response.content.encoding === 'base64'
        ? Buffer.from(response.content.text, 'base64').toString()
        : response.content.text,
  }))
}

/** A session as a HAR file. @param origin of the URLs */
export function harOf(session: readonly Recorded[], origin = 'https://api.hubapi.com'): string {
  const entries = session.map(({ method, path, requestBody, status, headers, body }) => ({
    request: {
      method,
      url: `${origin}${path}`,
      headers: [{ name: 'Authorization', value: 'Bearer pat-na1-recorded-token' }],
      ...(requestBody !== undefined && { postData: { mimeType: 'application/json', text: requestBody } }),
    },
    response: { status, headers: headers.map(([name, value]) => ({ name, value })), content: { text: body } },
  }))
  return JSON.stringify({ log: { version: '1.2', entries } })
}
