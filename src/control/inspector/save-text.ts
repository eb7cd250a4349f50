/** Saves a file on the computer of the user. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  // The browser reads the content after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Copies a text to the clipboard. This also works on a page without HTTPS, such as one served by another machine. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text)
  const area = Object.assign(document.createElement('textarea'), { value: text })
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (!isCopied) throw new Error('the browser does not allow it')
}
