import { parse } from 'node:querystring'

/** A query as Node reads it: every text is one, and a parameter that is repeated becomes a list. */
export function parseQuery(text: string): Record<string, string | string[] | undefined> {
  return parse(text, '&', '=', { maxKeys: 0 })
}
