/** A request as a client sends it, byte for byte except for the host, the token and the campaign. */
export interface CorpusRequest {
  /** The client and its version. */
  client: string
  /** The request line and the header lines. */
  head: string
  body?: string
}

const ids = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`)

/** The campaigns that the requests are about. */
export const corpusCampaigns = ids.map((id, i) => ({
  id,
  properties: { hs_name: `Campaign ${i + 1}`, hs_notes: 'A note' },
  budgetItems: [{ id: '7', name: 'Print', amount: 2 }],
}))

const node13 = `Content-Type: application/json
Accept: application/json, */*;q=0.8
User-agent: hubspot-api-client-nodejs; 13.5.0
Authorization: Bearer tok
Accept-Encoding: gzip,deflate
Connection: keep-alive`

const node14 = `Connection: keep-alive
Content-Type: application/json
Accept: application/json, */*;q=0.8
User-agent: hubspot-api-client-nodejs; 14.0.1
Authorization: Bearer tok
accept-language: *
sec-fetch-mode: cors
accept-encoding: gzip, deflate`

const rubySdk = `Content-Type: application/json
Accept: application/json, */*
User-Agent: hubspot-api-client-ruby
Authorization: Bearer tok`

const requests = `User-Agent: python-requests/2.34.2
Accept-Encoding: gzip, deflate
Accept: */*
Connection: keep-alive
Authorization: Bearer tok`

const go = `User-Agent: Go-http-client/1.1
Authorization: Bearer tok
Accept-Encoding: gzip`

const ruby = `Authorization: Bearer tok
Content-Type: application/json
Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3
Accept: */*
User-Agent: Ruby`

const inputs = `{"inputs":[{"id":"${ids[0]}"}]}`
const batch = 'POST /marketing/v3/campaigns/batch/read'

/** Batch reads of the first campaign with its name and notes. */
export const batchReads: CorpusRequest[] = [
  { client: '@hubspot/api-client 13.5.0', head: `${batch}?properties=hs_name%2Chs_notes\n${node13}`, body: inputs },
  { client: '@hubspot/api-client 14.0.1', head: `${batch}?properties=hs_name%2Chs_notes\n${node14}`, body: inputs },
  {
    client: 'hubspot-api-client for Ruby',
    head: `${batch}?hapikey&properties=hs_name,hs_notes\n${rubySdk}`,
    body: inputs,
  },
  {
    client: 'curl 7.88.1 with --json and a file',
    head: `${batch}?properties=hs_name,hs_notes\nUser-Agent: curl/7.88.1\nAuthorization: Bearer tok\nContent-Type: application/json\nAccept: application/json`,
    body: `${inputs}\n`,
  },
  {
    client: 'Python requests 2.34.2',
    head: `${batch}?properties=hs_name&properties=hs_notes\n${requests}\nContent-Type: application/json`,
    body: `{"inputs": [{"id": "${ids[0]}"}]}`,
  },
  {
    client: 'Go 1.19 with json.Encoder',
    head: `${batch}?properties=hs_name&properties=hs_notes\n${go}\nContent-Type: application/json`,
    body: `${inputs}\n`,
  },
  { client: 'Ruby 3.1 Net::HTTP', head: `${batch}?properties=hs_name,%20hs_notes\n${ruby}`, body: inputs },
  {
    client: 'Java 17 HttpClient, which offers HTTP/2',
    head: `${batch}?properties=hs_name,hs_notes
Connection: Upgrade, HTTP2-Settings
HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA
Upgrade: h2c
User-Agent: Java-http-client/17.0.15
Authorization: Bearer tok
Content-Type: application/json; charset=utf-8`,
    body: inputs,
  },
  {
    client: 'PHP 8.2 streams',
    head: `${batch}?properties=hs_name%2Chs_notes\nConnection: close\nAuthorization: Bearer tok\nContent-Type: application/json`,
    body: inputs,
  },
  {
    client: 'Node 20 fetch',
    head: `${batch}?properties=hs_name&properties=hs_notes
connection: keep-alive
authorization: Bearer tok
content-type: application/json
accept: */*
accept-language: *
sec-fetch-mode: cors
user-agent: node
accept-encoding: gzip, deflate`,
    body: inputs,
  },
  {
    client: 'a client with all forms of properties at once',
    head: `${batch}/?properties=hs_name&properties=%20hs_name%2C%20hs_notes%20,\nAuthorization: bearer tok\nContent-Type: Application/JSON;charset=UTF-8`,
    body: `\r\n ${inputs}\r\n\r\n`,
  },
]

const list = 'GET /marketing/v3/campaigns'
const page = 'limit=2&sort=hs_name'

/** Lists of the second page, which begins with the third campaign. */
export const secondPages: CorpusRequest[] = [
  { client: '@hubspot/api-client 13.5.0', head: `${list}?limit=2&sort=hs_name&after=Mg%253D%253D\n${node13}` },
  { client: '@hubspot/api-client 14.0.1', head: `${list}?limit=2&sort=hs_name&after=Mg%253D%253D\n${node14}` },
  { client: 'hubspot-api-client for Ruby', head: `${list}/?hapikey&${page}&after=Mg%253D%253D\n${rubySdk}` },
  { client: 'Python requests 2.34.2', head: `${list}?${page}&after=Mg%253D%253D\n${requests}` },
  { client: 'Go 1.19', head: `${list}?after=Mg%253D%253D&limit=2&sort=hs_name\n${go}` },
  {
    client: 'curl 7.88.1 with --data-urlencode',
    head: `${list}?after=Mg%253D%253D&${page}\nUser-Agent: curl/7.88.1\nAccept: */*\nAuthorization: Bearer tok`,
  },
  { client: 'a client that follows the link', head: `${list}?${page}&after=Mg%3D%3D\nAuthorization: Bearer tok` },
  {
    client: 'a client that decodes the cursor and does not encode it',
    head: `${list}?${page}&after=Mg==\nAuthorization: Bearer tok`,
  },
  {
    client: 'a client that encodes in small letters',
    head: `${list}?${page}&after=Mg%253d%253d\nAuthorization: Bearer tok`,
  },
]

const grant = 'grant_type=refresh_token&client_id=app&client_secret=secret&refresh_token=spring'
const form = 'POST /oauth/v1/token\nContent-Type: application/x-www-form-urlencoded'

/** Exchanges of a refresh token. */
export const tokenRequests: CorpusRequest[] = [
  {
    client: '@hubspot/api-client 13.5.0',
    head: `POST /oauth/v1/token
Accept: application/json, */*;q=0.8
Content-Type: application/x-www-form-urlencoded
User-Agent: node-fetch/1.0 (+https://github.com/bitinn/node-fetch)
Accept-Encoding: gzip,deflate
Connection: keep-alive`,
    body: grant,
  },
  {
    client: 'Node 20 fetch with URLSearchParams',
    head: 'POST /oauth/v1/token\ncontent-type: application/x-www-form-urlencoded;charset=UTF-8\naccept: */*',
    body: grant,
  },
  { client: 'Python requests 2.34.2', head: `${form}\nUser-Agent: python-requests/2.34.2\nAccept: */*`, body: grant },
  {
    client: 'Go 1.19 with http.PostForm, which sorts',
    head: `${form}\nUser-Agent: Go-http-client/1.1\nAccept-Encoding: gzip`,
    body: grant.split('&').sort().join('&'),
  },
]

const one = `/marketing/v3/campaigns/${ids[0]}`

/** Calls that have something in them which HubSpot ignores, with their statuses. */
export const otherCalls: (CorpusRequest & { status: number })[] = [
  {
    client: '@hubspot/api-client 13.5.0, with a Content-Type without a body',
    head: `GET ${one}\n${node13}`,
    status: 200,
  },
  {
    client: '@hubspot/api-client 14.0.1, with a Content-Type without a body',
    head: `DELETE ${one}\n${node14}`,
    status: 204,
  },
  {
    client: '@hubspot/api-client 13.5.0',
    head: `PATCH ${one}\n${node13}`,
    body: '{"properties":{"hs_notes":"x"}}',
    status: 200,
  },
  {
    client: "HubSpot's generated Ruby SDK, with the campaign in the query as well",
    head: `GET ${one}/budget/totals?campaign_guid=${ids[0]}\n${ruby}`,
    status: 200,
  },
  {
    client: "HubSpot's generated Ruby SDK, with the campaign in the query as well",
    head: `POST ${one}/budget?campaign_guid=${ids[0]}\n${ruby}`,
    body: '{"name":"Radio","amount":1.5,"order":1}',
    status: 201,
  },
  { client: 'a client with a slash at the end', head: `GET ${one}/budget/totals/\n${go}`, status: 200 },
  {
    client: 'a client that sends an empty body with a GET',
    head: `GET ${one}\nContent-Length: 0\nAuthorization: Bearer tok`,
    status: 200,
  },
]

/** Calls with a mistake that HubSpot ignores in silence: the response has the properties, and the hint says what was ignored. */
export const mistakes: (CorpusRequest & { hint: string })[] = [
  {
    client: 'PHP 8.2 with http_build_query',
    head: `${batch}?properties%5B0%5D=hs_name&properties%5B1%5D=hs_notes\n${ruby}`,
    body: inputs,
    hint: 'properties[0]',
  },
  {
    client: 'axios 1 with its default arrays',
    head: `${batch}?properties[]=hs_name\n${ruby}`,
    body: inputs,
    hint: 'properties[]',
  },
  {
    client: 'a client of the CRM API',
    head: `${batch}\n${ruby}`,
    body: `{"properties":["hs_name"],${inputs.slice(1)}`,
    hint: 'properties in the body',
  },
  {
    client: 'a client of older APIs',
    head: `${batch}?archived=false&properties=hs_name\n${ruby}`,
    body: inputs,
    hint: 'archived',
  },
]
