import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Mock } from '../public/mock.ts'
import type { Terminal } from './terminal.ts'

/**
 * Many Python programs use no proxy, such as those with HubSpot's client. Python therefore loads a module at startup that
 * resolves the names of HubSpot's hosts to the address of the mock. A `sitecustomize` module of the user is run as well.
 */
export async function pythonVariables(
  folder: string,
  { url, httpsUrl }: Pick<Mock, 'url' | 'httpsUrl'>,
  env: Terminal['env'],
): Promise<Record<string, string>> {
  if (httpsUrl === undefined) return {}
  const modules = join(folder, 'python')
  await mkdir(modules)
  await writeFile(join(modules, 'sitecustomize.py'), pythonModule(new URL(url), new URL(httpsUrl)))
  return { PYTHONPATH: [modules, env['PYTHONPATH']].filter(Boolean).join(delimiter) }
}

/** The module, for Python 2.7 and later. */
function pythonModule({ hostname, port }: URL, secure: URL): string {
  return `import os
import re
import socket
import sys

_getaddrinfo = socket.getaddrinfo


def getaddrinfo(host, port, *args, **kwargs):
    name = host.decode('ascii', 'replace') if isinstance(host, bytes) else host
    if re.match(r'api(-[a-z0-9]+)?\\.hubapi\\.com\\.?$', str(name), re.IGNORECASE):
        host, port = ${JSON.stringify(hostname.replace(/^\[|\]$/g, ''))}, ${port} if port in (80, '80', 'http') else ${secure.port}
    return _getaddrinfo(host, port, *args, **kwargs)


socket.getaddrinfo = getaddrinfo

here = os.path.dirname(os.path.abspath(__file__))
for folder in sys.path:
    path = os.path.join(folder, 'sitecustomize.py')
    if os.path.abspath(folder) != here and os.path.isfile(path):
        with open(path) as file:
            exec(compile(file.read(), path, 'exec'), {'__name__': 'sitecustomize', '__file__': path})
        break
`
}
