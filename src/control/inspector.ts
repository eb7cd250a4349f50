import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { refuseForeignHost, refuseForeignOrigin, respondWithControlError } from './access.ts'
import { isolationHeaders } from './isolation-headers.ts'
import type { ControlOptions } from './options.ts'

/** The page loads everything from this mock, cannot be framed, and never runs code from the data that it shows. */
const pageHeaders = {
  ...isolationHeaders,
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** The page is not a call of the API: the OpenAPI document does not list it. */
const hidden = { schema: { hide: true } }

/**
 * The inspector: a page that shows and controls the mock through the control API. The page itself contains no data, so it
 * is served without the control token; it asks the user for the token that its calls need.
 */
export const inspectorRoutes: FastifyPluginAsync<ControlOptions> = async (app, options) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(pageHeaders)
    refuseForeignHost(request, options)
    // A link on another web site may lead to the page.
    if (!isNavigation(request)) refuseForeignOrigin(request)
  })
  app.setErrorHandler<Error>((error, request, reply) => respondWithControlError(error, request, reply))

  const page = pageFor(options.controlToken !== undefined)
  app.get('/_mock/', hidden, async ({ url }, reply) => {
    // Without the slash, relative URLs in the page would not resolve. A relative redirect works behind a proxy, too.
    if (!/^\/_mock\/(?:\?|$)/.test(url)) return reply.redirect('_mock/', 308)
    return reply.type('text/html; charset=utf-8').send(page)
  })

  // In a mock that runs from source, a reload of the page shows what has changed.
  const loadAssets = async () => (await import('./inspector-assets.ts')).buildInspector()
  app.get('/_mock/inspector.js', hidden, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send((await loadAssets()).script),
  )
  app.get('/_mock/inspector.css', hidden, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send((await loadAssets()).style),
  )
  app.get('/_mock/inspector.svg', hidden, async (_request, reply) => reply.type('image/svg+xml').send(icon))
}

/** Whether a browser navigates to the page, rather than a script or another page loading it. */
function isNavigation({ headers, method }: FastifyRequest): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

function pageFor(needsControlToken: boolean): string {
  return `<!doctype html>
<html lang="en" data-control-token="${needsControlToken ? 'required' : 'none'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Inspector · hubspot-campaigns-mock</title>
<link rel="icon" href="inspector.svg" type="image/svg+xml">
<link rel="stylesheet" href="inspector.css">
<script type="module" src="inspector.js"></script>
</head>
<body><noscript>The inspector needs JavaScript.</noscript></body>
</html>
`
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#c2410c"/><path d="M4 11V8m4 3V4m4 7V6" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>'
