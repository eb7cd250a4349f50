const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text is an existing date written YYYY-MM-DD: `2024-02-29` is, `2024-02-30` is not. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

const momentPattern = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

/** The milliseconds of an ISO 8601 moment with an offset, or of a date at midnight UTC; undefined for any other text. */
export function parseMoment(text: string): number | undefined {
  const day = momentPattern.exec(text)?.[1]
  if (day === undefined || !isDay(day)) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
