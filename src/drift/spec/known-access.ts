import type { KnownDifferenceId } from '../../contract/evidence/known-differences.ts'
import type { OperationRoute } from '../../contract/operation-routes.ts'
import { multiStatusVersions } from '../../contract/versions.ts'
import type { Json } from '../json.ts'
import { Subject } from './fact.ts'
import type { KnownRow } from './known-claim.ts'

/** How clients authenticate, and where. */
export function accessRows({ operation, version, scopes, name }: OperationRoute): KnownRow[] {
  const subject = Subject.of('operation')
  const row = (keyword: string, item: string, theirs: Json, ours: Json, id: KnownDifferenceId): KnownRow => {
    const claim = (value: Json) => (value === null ? null : { value })
    return { subject, keyword, item, theirs: claim(theirs), ours: claim(ours), id }
  }
  const servers = [
    row('server', 'https://api.hubapi.com', 'used', null, 'own-server'),
    row('server', '/', null, 'used', 'own-server'),
  ]
  if (operation.auth === 'none') return servers
  const isCampaigns = !operation.isSetUp
  const needed = isCampaigns ? scopes : ['oauth']
  const schemes: readonly (keyof typeof schemeValues)[] =
    isCampaigns && !(multiStatusVersions as readonly string[]).includes(version)
      ? ['oauth2', 'private_apps']
      : ['oauth2']
  return [
    ...servers,
    ...schemes.flatMap((scheme) =>
      needed.map((scope) => row('security', `${scheme} ${scope}`, 'accepted', null, 'bearer-tokens')),
    ),
    ...schemes.map((scheme) => row('scheme', scheme, schemeValues[scheme], null, 'bearer-tokens')),
    row('security', 'bearer', null, 'accepted', 'bearer-tokens'),
    row('scheme', 'bearer', null, { scheme: 'bearer', type: 'http' }, 'bearer-tokens'),
  ].filter(({ item }) => name !== 'account.details' || item !== 'private_apps')
}

const schemeValues = {
  oauth2: {
    flows: {
      authorizationCode: {
        authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
        tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
      },
    },
    type: 'oauth2',
  },
  private_apps: { in: 'header', name: 'private-app', type: 'apiKey' },
}
