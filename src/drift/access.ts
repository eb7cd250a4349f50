import { isAnnotation, type Json, member, object, write } from './schema.ts'

/** A server's address, with what stands for its variables unless somebody chooses. */
export function writeServer(server: Json): string {
  const variables = object(member(server, 'variables'))
  const url = write(member(server, 'url')).replace(/\{([^{}]*)\}/g, (whole, name) => {
    return Object.hasOwn(variables, name) ? write(member(variables[name], 'default')) : whole
  })
  return url.length > 1 && url.endsWith('/') ? url.slice(0, -1) : url
}

/** What a client has to do for a scheme; which scopes there are beside those it needs is no matter of this operation. */
export function writeScheme(scheme: Json | undefined): string {
  if (scheme === undefined) return 'not described'
  const { flows, ...rest } = object(scheme)
  const ways = promises(flows).map(([flow, urls]) => {
    const words = promises(urls).filter(([name]) => name !== 'scopes')
    return [flow, ...words.map(([name, url]) => `${name} ${write(url)}`)].join(' ')
  })
  return [...promises(rest).map(([name, value]) => `${name}: ${write(value)}`), ...ways].join(' · ')
}

/** The members that promise something, by their names. */
function promises(value: Json | undefined): [string, Json][] {
  const all = Object.entries(object(value)).filter(([name]) => !isAnnotation(name))
  return all.sort(([one], [other]) => (one < other ? -1 : 1))
}
