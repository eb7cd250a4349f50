import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { batchReadPaths } from './batch-read-paths.ts'
import { build } from './build.ts'

async function document() {
  const { send } = await build()
  return (await send({ method: 'GET', url: '/_mock/openapi.json' })).body
}

test('is valid by a linter that is not ours', async () => {
  // A license's address is not part of an API, health has no error of its own, and HubSpot's operation ids have braces.
  const rules = {
    'info-license': 'off',
    'operation-4xx-response': 'off',
    'operation-operationId-url-safe': 'off',
  } as const
  const config = await createConfig({ extends: ['recommended'], rules })
  const source = JSON.stringify(await document())
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  expect(problems.map(({ ruleId, message, location: [at] }) => `${ruleId} ${message} ${at?.pointer}`)).toEqual([])
})

test('is the same at each request', async () => {
  const { send } = await build()
  const read = async () => (await send({ method: 'GET', url: '/_mock/openapi.json' })).text
  expect(await read()).toBe(await read())
})

test('names operations, parameters and schemas as HubSpot does', async () => {
  const { paths, components } = await document()
  for (const { url } of batchReadPaths) {
    const { operationId, parameters } = paths[url].post
    expect(operationId).toBe(`post-${url}`)
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual(['properties', 'startDate', 'endDate'])
  }
  expect(Object.keys(components.schemas).sort()).toEqual([
    'AccessTokenInfoResponse',
    'AccessTokenResponse',
    'BatchInputPublicCampaignBatchUpdateItem',
    'BatchInputPublicCampaignDeleteInput',
    'BatchInputPublicCampaignInput',
    'BatchInputPublicCampaignReadInput',
    'BatchResponsePublicCampaign',
    'BatchResponsePublicCampaignMaybeWithErrors',
    'BatchResponsePublicCampaignWithAssets',
    'BatchResponsePublicCampaignWithAssetsMaybeWithErrors',
    'BatchResponsePublicCampaignWithAssetsWithErrors',
    'BatchResponsePublicCampaignWithErrors',
    'ClientCredentialsTokenResponse',
    'CollectionResponseContactReferenceForwardPaging',
    'CollectionResponseObjectSchemaNoPaging',
    'CollectionResponsePropertyNoPaging',
    'CollectionResponsePublicCampaignAsset',
    'CollectionResponsePublicCampaignAssetForwardPaging',
    'CollectionResponseStringNoPaging',
    'CollectionResponseWithTotalPublicCampaign',
    'ContactReference',
    'Error',
    'ErrorDetail',
    'ForwardPaging',
    'InactiveToken',
    'MetricsCounters',
    'NextPage',
    'Paging',
    'PortalInformationResponse',
    'Property',
    'PublicAccessTokenInfoResponse',
    'PublicBudgetItem',
    'PublicBudgetItemInput',
    'PublicBudgetTotals',
    'PublicBusinessUnit',
    'PublicCampaign',
    'PublicCampaignAsset',
    'PublicCampaignBatchUpdateItem',
    'PublicCampaignCloneInput',
    'PublicCampaignCloneResponse',
    'PublicCampaignDeleteInput',
    'PublicCampaignInput',
    'PublicCampaignReadInput',
    'PublicCampaignWithAssets',
    'PublicRefreshTokenInfoResponse',
    'PublicSpendItem',
    'PublicSpendItemInput',
    'RefreshTokenInfoResponse',
    'RevenueAttributionAggregate',
    'SignedAccessToken',
    'StandardError',
  ])
})
