import { describe, expect, test } from 'vitest'
import { redactHeader, redactPath, redactQuery, redactText } from '../src/text/redact.ts'
import { isOAuthPath, redactOAuthBody } from '../src/text/redact-body.ts'

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
    [
      'pwd=marked&sig=marked&jwt=marked&sessionId=marked',
      'pwd=[REDACTED]&sig=[REDACTED]&jwt=[REDACTED]&sessionId=[REDACTED]',
    ],
    [
      'design=1&sessions=2&currency_code=EUR&name=a%3Fb%20100%25',
      'design=1&sessions=2&currency_code=EUR&name=a%3Fb%20100%25',
    ],
    [
      'client%255Fsecret=marked&code%zz_verifier=1&code[]=marked',
      'client%255Fsecret=[REDACTED]&code%zz_verifier=1&code[]=[REDACTED]',
    ],
    ['properties=access_token_count,refresh_token', 'properties=access_token_count,refresh_token'],
    ['back=http://x/?code=marked', 'back=http://x/?code=[REDACTED]'],
    ['back=http%3A%2F%2Fx%2F%3Fa%3D1%26code%3Dmarked', 'back=[REDACTED]'],
    ['back=http%3A%2F%2Fx%3Fnext%3Dhttp%253A%252F%252Fy%253Fcode%253Dmarked', 'back=[REDACTED]'],
    ['back=/?code=marked?marked#marked&a=1', 'back=/?code=[REDACTED]&a=1'],
    ['back=http%3A%2F%2Fu%3Amarked%40x%2F', 'back=[REDACTED]'],
    ['name=R%26D%20key%3D5', 'name=R%26D%20key%3D5'],
    ['back=http%3A%2F%2Fx%2F%3Fa%3D1', 'back=http%3A%2F%2Fx%2F%3Fa%3D1'],
    ['', ''],
  ])('%s', (query, cleaned) => expect(redactQuery(query)).toBe(cleaned))

  test('with many names that look like secrets takes a time proportional to its length', () => {
    expect(redactQuery('key'.repeat(200_000))).toHaveLength(600_000)
    expect(redactQuery('key&'.repeat(200_000))).toHaveLength(800_000)
    expect(redactQuery(`a=${'?a=%3F'.repeat(100_000)}`)).toBeDefined()
    expect(redactQuery(`a=${'?%25252525=/'.repeat(50_000)}`)).toHaveLength(600_002)
  })
})

describe('a path', () => {
  test.each([
    ['/oauth/v1/access-tokens/marked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth/v1/refresh%2Dtokens/marked/x', '/oauth/v1/refresh%2Dtokens/[REDACTED]'],
    ['/oauth/v1/access-tokens//marked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth/v1/access-tokens/./marked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth/v1/refresh-tokens/a/marked', '/oauth/v1/refresh-tokens/[REDACTED]'],
    ['/oauth/v1/access-tokens%2Fmarked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth%2Fv1%2Faccess%252Dtokens%2Fmarked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth/v1/access-tokens;x=1/marked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['/oauth/v1/Access-Token/marked%zz', '/oauth/v1/Access-Token/[REDACTED]'],
    ['/crm/v3/properties/campaigns/access_token_count', '/crm/v3/properties/campaigns/access_token_count'],
    ['/oauth/v1/access-tokens//', '/oauth/v1/access-tokens//'],
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

  test.each(['X-Session', 'X-JWT', 'X-Sig', 'X-CSRF', 'X-Pass'])('%s has no secret', (name) =>
    expect(redactHeader(name, 'marked')).toBe('[REDACTED]'),
  )

  test.each([
    ['Referer', 'http://x/cb?code=marked&access_token=marked', 'http://x/cb?code=[REDACTED]&access_token=[REDACTED]'],
    ['X-Original-URI', '/a?hapikey=marked', '/a?hapikey=[REDACTED]'],
    ['X-Original-URI', '/oauth/v1/access-tokens/marked', '/oauth/v1/access-tokens/[REDACTED]'],
    ['Location', 'http://x/cb#access_token=marked&a=1', 'http://x/cb#access_token=[REDACTED]&a=1'],
    ['Referer', 'http://user:mar@ked@x/', 'http://[REDACTED]@x/'],
    ['Accept', 'text/html, */*;q=0.8', 'text/html, */*;q=0.8'],
    ['Access-Control-Allow-Credentials', 'false', 'false'],
    ['WWW-Authenticate', 'Bearer', 'Bearer'],
  ])('%s can be a URL: %s', (name, value, cleaned) => expect(redactHeader(name, value)).toBe(cleaned))

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
    ['{"token":7,"signed_access_token":{"hubId":1}}', '{"token":"[REDACTED]","signed_access_token":"[REDACTED]"}'],
    [
      '{"refresh_token":["marked"],"client_secret":{"v":"marked"},"code":true,"scopes":["oauth"]}',
      '{"refresh_token":"[REDACTED]","client_secret":"[REDACTED]","code":"[REDACTED]","scopes":["oauth"]}',
    ],
    ['"marked"', '"[REDACTED]"'],
    ['["marked",["marked",7],{"a":"b"}]', '["[REDACTED]",["[REDACTED]","[REDACTED]"],{"a":"b"}]'],
    ['--b\r\nContent-Disposition: form-data; name="refresh_token"\r\n\r\nmar&x=ked\r\n--b--', '[REDACTED]'],
    ['grant_type=refresh_token\nrefresh_token=marked', '[REDACTED]'],
    ['grant_type=a;refresh_token=marked&client_id=app', 'grant_type=[REDACTED]&client_id=app'],
    ['grant_type=a%26refresh_token%3Dmarked', 'grant_type=[REDACTED]'],
    ['redirect_uri=http://x/?code=marked&scope=a%20b', 'redirect_uri=http://x/?code=[REDACTED]&scope=a%20b'],
    ['redirect_uri=http%3A%2F%2Fx%2F%3Fcode%3Dmarked', 'redirect_uri=[REDACTED]'],
    ['redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb', 'redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb'],
    ['[{"code":"marked"}]', '[{"code":"[REDACTED]"}]'],
    ['{"code":"marked"', '[REDACTED]'],
  ])('%s', (body, cleaned) => expect(redactOAuthBody(body)).toBe(cleaned))
})

test.each([
  ['/oauth/v1/token', true],
  ['/%6fauth/v1/token', true],
  ['/OAuth', true],
  ['http://127.0.0.1/oauth/v3/token', true],
  ['/x/oauth/v1/token', true],
  ['/x%2Foauth;a=1/v1', true],
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

test('a text loses what an issued access token was derived from', () => {
  const refreshToken = 'marked-refresh-token'
  const issued = `${refreshToken}.access-1790000000000`
  expect(redactText(`${refreshToken} ${issued}`, issued)).toBe('[REDACTED] [REDACTED]')
  expect(redactPath('/x/marked', 'marked.access-1790000000000')).toBe('/x/[REDACTED]')
})
