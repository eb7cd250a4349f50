/** An exact decimal number: `units` divided by 10 to the power of `decimals`. */
export interface Decimal {
  readonly units: bigint
  readonly decimals: number
}

/** The maximum length of an amount. Computing with longer texts would be slow. */
const maxChars = 100

/** The number in a text such as `-12.34`; undefined for any other text. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > maxChars || !/^-?\d+(\.\d+)?$/.test(text)) return undefined
  return readDecimal(text)
}

/** The number in a text that is known to be one. */
function readDecimal(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), decimals: fraction.length }
}

/** The shortest decimal that JavaScript reads as this finite number: 0.1 is exactly 0.1. */
export function decimalOf(value: number): Decimal {
  const [digits = '', exponent = '0'] = String(value).split('e')
  const { units, decimals } = readDecimal(digits)
  return withDecimals({ units, decimals: decimals - Number(exponent) }, 0)
}

/** The exact sum; 0 for an empty list. */
export function sumDecimals(values: readonly Decimal[]): Decimal {
  const decimals = values.reduce((most, value) => Math.max(most, value.decimals), 0)
  const units = values.reduce((sum, value) => sum + withDecimals(value, decimals).units, 0n)
  return { units, decimals }
}

/** The exact difference `a - b`. */
export function subtractDecimals(a: Decimal, { units, decimals }: Decimal): Decimal {
  return sumDecimals([a, { units: -units, decimals }])
}

export function equalDecimals(a: Decimal, b: Decimal): boolean {
  return subtractDecimals(a, b).units === 0n
}

/** A decimal as HubSpot writes amounts: without needless zeros, but with at least one decimal, such as `2.0` (observed). */
export function writeDecimal(value: Decimal): string {
  const { units, decimals } = withDecimals(value, 1)
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0')
  const fraction = digits.slice(-decimals).replace(/0+$/, '').padEnd(1, '0')
  return `${sign}${digits.slice(0, -decimals)}.${fraction}`
}

/** The JavaScript number that is nearest. */
export function numberOf(value: Decimal): number {
  return Number(writeDecimal(value))
}

/** The same number with at least this many decimals. */
function withDecimals({ units, decimals }: Decimal, least: number): Decimal {
  const more = Math.max(0, least - decimals)
  return { units: units * 10n ** BigInt(more), decimals: decimals + more }
}
