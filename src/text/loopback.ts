/** Whether an address or a host name always means this machine. */
export function isLoopback(host: string): boolean {
  return /^(([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(host)
}
