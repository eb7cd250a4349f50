import type { Exchange } from '../../public/journal.ts'

/** curl sets these itself. */
const ownHeaders = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'expect']

/** The request as a curl command. The page does not know the token: the command reads it from a shell variable. */
export function curlCommand({ method, path, query, headers, body }: Exchange, origin: string): string {
  // The journal has the whole URL of a request in absolute form.
  const url = (/^https?:\/\//.test(path) ? '' : origin) + path + (query === '' ? '' : `?${query}`)
  const parts = [`curl ${[...optionsFor(method, url), quote(url)].join(' ')}`]
  for (const [name, value] of Object.entries(headers)) {
    if (!ownHeaders.includes(name)) parts.push(`-H ${headerArgument(name, value)}`)
  }
  if (body !== '' && headers['content-type'] === undefined) parts.push("-H 'content-type:'")
  if (body !== '') parts.push(`--data-raw ${quote(body)}`)
  return parts.join(' \\\n  ')
}

/** The options that let curl send exactly this method and URL. */
function optionsFor(method: string, url: string): string[] {
  return [
    method === 'HEAD' ? '--head' : `-X ${quote(method)}`,
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(url.includes('/.') ? ['--path-as-is'] : []),
  ]
}

function headerArgument(name: string, value: string): string {
  if (name === 'authorization') return '"Authorization: Bearer $HUBSPOT_TOKEN"'
  return quote(value === '' ? `${name};` : `${name}: ${value}`)
}

/** Quotes a text for a shell, unless it has no special characters. */
function quote(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
