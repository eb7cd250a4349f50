import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { type OperationRoute, operationRoutes, responsesOf } from '../src/contract/operation-routes.ts'
import { type Answer, build, unknownId } from './build.ts'
import { calledCampaign, calledId, callOf } from './calls.ts'
import type { SpecDocument } from './made-specs.ts'
import { hubspotDocuments, hubspotSpecs } from './specs.ts'

const fixture = { campaigns: [calledCampaign], generate: { campaigns: 3, seed: 1 } }

/** The errors of a response by HubSpot's file; null if it is valid. */
function problemIn(document: SpecDocument, { path, operation }: OperationRoute, { statusCode, body }: Answer) {
  if (statusCode === 204) return '204' in document.paths[path][operation.method.toLowerCase()].responses ? null : '204'
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, 'spec')
  const method = operation.method.toLowerCase()
  const responses = document.paths[path]?.[method]?.responses ?? {}
  const pointer = `spec#/paths/${path.replaceAll('/', '~1').replace(/[{}]/g, encodeURIComponent)}/${method}/responses`
  const $ref =
    statusCode in responses
      ? `${pointer}/${statusCode}/content/application~1json/schema`
      : 'spec#/components/responses/Error/content/*~1*/schema'
  const validate = ajv.compile({ $ref })
  return validate(body) ? null : validate.errors
}

const rows = hubspotDocuments.flatMap((document) =>
  operationRoutes
    .filter(({ path, operation }) => document.paths?.[path]?.[operation.method.toLowerCase()] !== undefined)
    .filter(({ operation }) => operation.auth !== 'none')
    .map((route) => ({ name: route.name, version: route.version, document, route })),
)

test('every route documents its success', () => {
  const without = operationRoutes.filter((route) => !Object.keys(responsesOf(route)).some((status) => status < '300'))
  expect(without).toEqual([])
})

// HubSpot's files are next to this repository, or nowhere: test/specs.ts reports that they are missing.
if (rows.length > 0) {
  describe.each(rows)('$name on $version is valid by HubSpot’s file', ({ document, route }) => {
    test.each([
      ['with what there is', calledId, ''],
      [
        'with properties, dates and a limit',
        calledId,
        '?properties=hs_name&startDate=2026-05-01&endDate=2026-05-31&limit=1',
      ],
      ['for an unknown campaign', unknownId, ''],
      ['for an id that is not a GUID', 'spring', ''],
      ['for an invalid cursor or date', calledId, '?after=x&startDate=x'],
    ])('%s', async (_what, campaign, query) => {
      const { send } = await build(fixture)
      const call = callOf(route, campaign)
      expect(problemIn(document, route, await send({ ...call, url: call.url + query }))).toBeNull()
    })

    test('for a generated campaign', async () => {
      const { app, send } = await build(fixture)
      const generated = [...app.world.campaigns.list(calledId)][0]
      expect(problemIn(document, route, await send(callOf(route, generated?.id)))).toBeNull()
    })

    test('without a token, and with a body that is not JSON', async () => {
      const { send } = await build(fixture)
      const { headers = {}, ...call } = callOf(route)
      expect(problemIn(document, route, await send(call))).toBeNull()
      expect(problemIn(document, route, await send({ ...call, headers, payload: '{' }))).toBeNull()
    })
  })

  test('the status of a clone is valid by HubSpot’s file', async () => {
    const rowOf = (name: string) => {
      const row = rows.find((one) => one.name === name)
      if (row === undefined) throw new Error(`no row ${name}`)
      return row
    }
    const { send } = await build(fixture)
    const { campaignGuid } = (await send(callOf(rowOf('clone.create').route))).body
    const { document, route } = rowOf('clone.status')
    expect(problemIn(document, route, await send(callOf(route, campaignGuid)))).toBeNull()
  })

  const tokenRoutes = operationRoutes.filter(({ name }) => name === 'oauth.token')
  test.each(tokenRoutes)('$name on $version is valid by HubSpot’s file', async (route) => {
    const document = hubspotDocuments.find(({ paths }) => paths?.[route.path] !== undefined)
    const { send } = await build(fixture)
    const client = 'client_id=app&client_secret=s'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const forms = [
      `grant_type=refresh_token&refresh_token=spring&${client}`,
      `grant_type=client_credentials&${client}`,
      '',
    ]
    for (const payload of forms) {
      const answer = await send({ method: 'POST', url: route.path, headers, payload })
      // The file of 2026-09 describes no success (a known difference).
      if (route.version === '2026-09' && answer.statusCode === 200) continue
      expect(problemIn(document, route, answer)).toBeNull()
    }
  })

  const tokenInfos = operationRoutes.filter(({ name }) => /^oauth\.(?:accessToken|refreshToken|introspect)$/.test(name))
  test.each(tokenInfos)('$name on $version is valid by HubSpot’s file', async (route) => {
    const document = hubspotDocuments.find(({ paths }) => paths?.[route.path] !== undefined)
    const { send } = await build(fixture)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    // The response for an inactive token has one member, which only the file of 2026-09 allows (a known difference).
    const tokens = ['spring', `spring.access-${Date.now()}`, ...(route.version === '2026-09' ? ['two words'] : [])]
    for (const token of tokens) {
      const url = route.path.replace('{token}', token)
      const { method } = route.operation
      const payload = new URLSearchParams({ token }).toString()
      const answer = await send(method === 'GET' ? { method, url } : { method, url, headers, payload })
      expect(problemIn(document, route, answer)).toBeNull()
    }
  })

  test('every operation of a campaign is in HubSpot’s file of its version', () => {
    const missing = operationRoutes.filter(({ version, path, operation }) => {
      const spec = hubspotSpecs.find((one) => one.version === version)
      return path.includes('campaigns') && spec?.document.paths[path]?.[operation.method.toLowerCase()] === undefined
    })
    expect(missing.map(({ name, version }) => `${name} on ${version}`)).toEqual([])
  })
}
