/** A text without control characters, apart from line breaks: those of a file could control the terminal. */
export function printable(text: string): string {
  return text.replace(/[^\n\P{Cc}]/gu, '?')
}
