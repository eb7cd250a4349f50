import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { GenericContainer, Wait } from 'testcontainers'

let hubspot
let baseUrl
before(async () => {
  hubspot = await new GenericContainer('hubspot-campaigns-mock')
    .withExposedPorts(4010)
    .withWaitStrategy(Wait.forHealthCheck())
    .withCopyContentToContainer([{ content: 'campaigns: [{ id: spring }]', target: '/fixtures/default.yaml' }])
    .start()
  baseUrl = `http://${hubspot.getHost()}:${hubspot.getMappedPort(4010)}`
})
after(() => hubspot.stop())

test('reads the campaign of its fixture', async () => {
  const response = await fetch(`${baseUrl}/marketing/v3/campaigns/batch/read`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: [{ id: 'spring' }] }),
  })
  const { results } = await response.json()
  assert.equal(results[0].id, 'spring')
})
