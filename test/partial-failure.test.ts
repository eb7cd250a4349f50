import { describe, expect, test } from 'vitest'
import { batchReadPaths } from './batch-read-paths.ts'
import { build, spring, summer, unknownId } from './build.ts'

describe('the status of a partial failure', () => {
  test.each(batchReadPaths)('is $partialFailure on $url as documented', async ({ url, partialFailure }) => {
    const { read } = await build()
    const answer = await read([spring.id, unknownId], { path: url })
    expect(answer).toMatchObject({ statusCode: partialFailure, body: { numErrors: 1, results: [{ id: spring.id }] } })
  })

  test.each(batchReadPaths)('is 207 on $url as observed', async ({ url }) => {
    const { read } = await build(undefined, { fidelity: 'observed' })
    expect((await read([spring.id, unknownId], { path: url })).statusCode).toBe(207)
  })
})

test('is a 207 that keeps the found campaigns when one id is unknown', async () => {
  const { read } = await build()
  const answer = await read([spring.id, unknownId, summer.id])
  expect(answer).toMatchObject({
    statusCode: 207,
    body: { numErrors: 1, results: [{ id: spring.id }, { id: summer.id }] },
  })
})

test('puts errors and numErrors after results', async () => {
  const { read } = await build()
  const { body } = await read([unknownId])
  expect(Object.keys(body)).toEqual(['completedAt', 'status', 'startedAt', 'results', 'errors', 'numErrors'])
})

test('has no results when all inputs fail', async () => {
  const { read } = await build()
  const answer = await read([unknownId, 'no-guid'])
  expect(answer).toMatchObject({ statusCode: 207, body: { status: 'COMPLETE', results: [], numErrors: 2 } })
})

test('has neither errors nor numErrors when none fails', async () => {
  const { read } = await build()
  const { body } = await read([spring.id])
  expect(body).not.toHaveProperty('errors')
  expect(body).not.toHaveProperty('numErrors')
})

describe('an entry as documented', () => {
  const entryFor = async (id: string) => {
    const { read } = await build({
      errors: [{ id: 'forbidden', category: 'PERMISSION_DENIED', subCategory: 'X', message: 'No' }],
    })
    return JSON.stringify((await read([id])).body.errors[0])
  }

  test('has an error for an id that is not a GUID', async () => {
    expect(await entryFor('no-guid')).toBe(
      `{"status":"error","category":"VALIDATION_ERROR","message":"Invalid request: 'Invalid campaign GUID format: no-guid'","context":{"message":["Invalid campaign GUID format: no-guid"]},"errors":[],"links":{}}`,
    )
  })

  test('has an error for an unknown GUID', async () => {
    expect(await entryFor(unknownId)).toBe(
      `{"status":"error","category":"OBJECT_NOT_FOUND","message":"Campaign not found: ${unknownId}","context":{"campaignGuid":["${unknownId}"]},"errors":[],"links":{}}`,
    )
  })

  test('has the error that the fixture defines for an id', async () => {
    expect(await entryFor('forbidden')).toBe(
      '{"status":"error","category":"PERMISSION_DENIED","message":"No","context":{},"errors":[],"links":{}}',
    )
  })

  test('repeats an id to the letter, braces and all', async () => {
    expect(JSON.parse(await entryFor('{id} "quoted" \u{1f600}')).context).toEqual({
      message: ['Invalid campaign GUID format: {id} "quoted" \u{1f600}'],
    })
  })
})

describe('an entry as observed', () => {
  test('has a subCategory that is a string, and neither errors nor links', async () => {
    const { read } = await build(undefined, { fidelity: 'observed' })
    expect(JSON.stringify((await read(['no-guid'])).body.errors)).toBe(
      `[{"status":"error","category":"VALIDATION_ERROR","subCategory":"CampaignApiError.INVALID_REQUEST","message":"Invalid request: 'Invalid campaign GUID format: no-guid'","context":{"message":["Invalid campaign GUID format: no-guid"]}}]`,
    )
  })

  test('has the members that the fixture defines, with subCategory', async () => {
    const errors = [{ id: 'a', category: 'C', subCategory: 'S', message: 'M', context: { reason: ['R'] } }]
    const { read } = await build({ errors }, { fidelity: 'observed' })
    expect((await read(['a'])).body.errors).toEqual([
      { status: 'error', category: 'C', subCategory: 'S', message: 'M', context: { reason: ['R'] } },
    ])
  })
})
