import { describe, expect, test } from 'vitest'
import { isOAuthPath, redactHeader, redactOAuthBody, redactPath, redactQuery, redactText } from '../src/text/redact.ts'

const long = 'marked/token+0123456789='

describe('a query', () => {
  test.each([
    ['hapikey=marked', 'hapikey=[REDACTED]'],
    ['hapi%6Bey=marked', 'hapi%6Bey=[REDACTED]'],
    ['a=1&password=marked&b=2', 'a=1&password=[REDACTED]&b=2'],
    ['code=marked', 'code=[REDACTED]'],
    ['authorization=Bearer%20marked', 'authorization=[REDACTED]'],
    ['client%5Fsecret=marked', 'client%5Fsecret=[REDACTED]'],
    ['refresh_token=a=marked', 'refresh_token=[REDACTED]'],
    ['token_type_hint=refresh_token', 'token_type_hint=refresh_token'],
    ['properties=hs_name&after=Mg%3D%3D', 'properties=hs_name&after=Mg%3D%3D'],
    ['zip%code=1&%zz=2', 'zip%code=1&%zz=2'],
    ['hapikey', 'hapikey'],
    ['', ''],
  ])('%s', (query, cleaned) => expect(redactQuery(query)).toBe(cleaned))

  test('with many names that look like secrets takes a time proportional to its length', () => {
    expect(redactQuery('key'.repeat(200_000))).toHaveLength(600_000)
    expect(redactQuery('key&'.repeat(200_000))).toHaveLength(800_000)
  })
})

describe('a path', () => {
  test.each([
    ['/oauth/v1/access-tokens/marked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth/v1/refresh%2Dtokens/marked/x', '/oauth/v1/refresh%2Dtokens/[REDACTED]/x'],
    ['/x/PAT-NA1-marked', '/x/[REDACTED]'],
    ['http://user:marked@127.0.0.1:4010/x', 'http://[REDACTED]@127.0.0.1:4010/x'],
    [`/x/${encodeURIComponent(long)}`, '/x/[REDACTED]'],
    [`/x/a${encodeURIComponent(long).toLowerCase()}`, '/x/a[REDACTED]'],
    ['/oauth/v1/access-tokens/', '/oauth/v1/access-tokens/'],
    ['/marketing/v3/campaigns/%zz', '/marketing/v3/campaigns/%zz'],
  ])('%s', (path, cleaned) => expect(redactPath(path, long)).toBe(cleaned))

  test('has no short token as a segment, but keeps the words of HubSpot’s paths', () => {
    expect(redactPath('/x/m%61rked', 'marked')).toBe('/x/[REDACTED]')
    expect(redactPath('/marketing/v3/campaigns', 'v3')).toBe('/marketing/v3/campaigns')
  })
})

describe('a header', () => {
  test.each(['Authorization', 'Authentication', 'X-Auth', 'X-Credential', 'Cookie', 'X-Api-Key', 'private-app'])(
    '%s has no secret',
    (name) => {
      expect(redactHeader(name, 'Bearer marked')).toBe('Bearer [REDACTED]')
      expect(redactHeader(name, 'marked')).toBe('[REDACTED]')
    },
  )

  test('of another name stays', () => expect(redactHeader('accept', 'a')).toBe('a'))
})

describe('the body of an OAuth call', () => {
  test.each([
    ['grant_type=refresh_token&refresh_token=a%26marked', 'grant_type=refresh_token&refresh_token=[REDACTED]'],
    ['client%5Fsecret=marked&client_id=app', 'client%5Fsecret=[REDACTED]&client_id=app'],
    ['client_secret=a"marked&x=1', 'client_secret=[REDACTED]&x=1'],
    ['marked', '[REDACTED]'],
    ['a=1&marked', 'a=1&[REDACTED]'],
    ['', ''],
    ['{"access_token":"a\\"marked","token_type":"bearer"}', '{"access_token":"[REDACTED]","token_type":"bearer"}'],
    ['{"token":7,"signed_access_token":{"hubId":1}}', '{"token":"[REDACTED]","signed_access_token":{"hubId":1}}'],
    ['[{"code":"marked"}]', '[{"code":"[REDACTED]"}]'],
    ['{"code":"marked"', '[REDACTED]'],
  ])('%s', (body, cleaned) => expect(redactOAuthBody(body)).toBe(cleaned))
})

test.each([
  ['/oauth/v1/token', true],
  ['/%6fauth/v1/token', true],
  ['/OAuth', true],
  ['http://127.0.0.1/oauth/v3/token', true],
  ['/marketing/v3/campaigns', false],
  ['/oauthorize', false],
])('%s is a path of OAuth: %s', (path, is) => expect(isOAuthPath(path)).toBe(is))

test('a text loses a token in every spelling', () => {
  const spelled = [long, encodeURIComponent(long), encodeURIComponent(long).toLowerCase()]
  for (const text of spelled) expect(redactText(`a ${text} b`, long)).toBe('a [REDACTED] b')
  const quoted = 'marked"token\\0123456789'
  expect(redactText(JSON.stringify({ id: quoted }), quoted)).toBe('{"id":"[REDACTED]"}')
  expect(redactText('a campaign of any kind', 'any')).toBe('a campaign of any kind')
})
