/** Reports a figure that depends on the machine, which no test may demand. */
export function report(what: string, figure: string): void {
  process.stderr.write(`\n${what}: ${figure}\n`)
}
