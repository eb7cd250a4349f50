const maximumChars = 300

/** The header with a hint for the developer of a client. HubSpot does not send it. */
export function hintHeader(hint: string | undefined): Record<string, string> {
  if (hint === undefined) return {}
  return { 'x-mock-hint': hint.slice(0, maximumChars).replace(/[^\x20-\x7e]/g, '?') }
}
