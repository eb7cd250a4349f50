/** One event of a stream of server-sent events. */
export interface ServerEvent {
  readonly name: string
  readonly id: string | undefined
  readonly data: string
}

/** Takes the text of a stream of server-sent events in pieces of any size, and returns the events that are complete. */
export class ServerEventParser {
  #rest = ''

  push(text: string): ServerEvent[] {
    // The earlier text contains no complete end of an event, but it can contain the first half of one.
    const from = Math.max(0, this.#rest.length - 1)
    const all = this.#rest + text
    const end = all.lastIndexOf('\n\n')
    if (end < from) {
      this.#rest = all
      return []
    }
    this.#rest = all.slice(end + 2)
    return all
      .slice(0, end)
      .split('\n\n')
      .flatMap((block) => parseEvent(block) ?? [])
  }
}

/** An event from its lines; undefined for a comment. */
function parseEvent(block: string): ServerEvent | undefined {
  const fields: Record<string, string> = {}
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^(event|id|data): ?(.*)$/s.exec(line) ?? []
    if (name !== undefined) fields[name] = name in fields ? `${fields[name]}\n${value}` : value
  }
  const { event: name = 'message', id, data } = fields as Partial<Record<'event' | 'id' | 'data', string>>
  return data === undefined ? undefined : { name, id, data }
}

/** How long events are handled before the browser gets a turn. */
const sliceMs = 10

/** Reads the events of a response until it ends. */
export async function* readServerEvents(response: Response): AsyncGenerator<ServerEvent> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) return
  const parser = new ServerEventParser()
  let sliceStart = performance.now()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    for (const event of parser.push(value)) {
      yield event
      if (performance.now() - sliceStart < sliceMs) continue
      await new Promise((resolve) => setTimeout(resolve))
      sliceStart = performance.now()
    }
  }
}
