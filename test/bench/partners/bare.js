// The bound: node:http alone, answering a body that lies ready. Arguments: the port, and a JSON file of bodies by path.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, file] = process.argv.slice(2)
const answers = new Map(
  Object.entries(JSON.parse(readFileSync(file, 'utf8'))).map(([path, { status, body }]) => [
    path,
    { status, body: Buffer.from(body) },
  ]),
)

createServer((request, response) => {
  const { status, body } = answers.get(request.url) ?? { status: 404, body: Buffer.from('{}') }
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}).listen(Number(port), '127.0.0.1')
