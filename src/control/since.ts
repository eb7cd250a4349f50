import { Type } from '@sinclair/typebox'
import { BadInput } from '../public/errors.ts'
import { parseMoment } from '../text/dates.ts'

/** The schema of the parameter `since`, the earliest arrival. The library takes a number instead. */
export const Since = Type.Optional(Type.String({ title: 'a date and time, such as 2026-01-31T23:59:59.000Z' }))

/**
 * The earliest arrival in milliseconds since the epoch.
 * @throws {BadInput} if it is not a date and time
 */
export function momentOf(text: string | undefined): number | undefined {
  const milliseconds = text === undefined ? undefined : parseMoment(text)
  if (text === undefined || milliseconds !== undefined) return milliseconds
  throw new BadInput(
    `querystring since: expected a date and time, got ${JSON.stringify(text)}`,
    'write it as 2026-01-31T23:59:59.000Z',
  )
}
