/**
 * Thrown for invalid input to the control API or the library. The client under test never sees it.
 * @example
 * try {
 *   mock.portal('no token')
 * } catch (error) {
 *   if (error instanceof BadInput) console.error(error.message, error.hint)
 * }
 */
export class BadInput extends Error {
  /** The name of the class. */
  override readonly name: string = 'BadInput'
  /** How to fix the input. */
  readonly hint: string

  /** @param message names the value and the problem · @param hint how to fix it */
  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/**
 * Thrown when a campaign, a scenario, an exchange or a route of the control API does not exist.
 * @example
 * try {
 *   portal.campaigns.get('no-such-campaign')
 * } catch (error) {
 *   if (error instanceof NotThere) console.error(error.message)
 * }
 */
export class NotThere extends BadInput {
  /** The name of the class. */
  override readonly name = 'NotThere'
}

/**
 * Thrown when a fixture is invalid. The message is one line with the place, the problem and the fix.
 * @example
 * await startMock({ fixtures: './no-such-folder' }).catch((error) => {
 *   if (error instanceof BadFixture) console.error(error.message)
 * })
 */
export class BadFixture extends Error {
  /** The name of the class. */
  override readonly name = 'BadFixture'
}

/**
 * Thrown when the port cannot be opened. The message is one line that says how to fix it.
 * @example
 * const taken = Number(new URL(mock.url).port)
 * await startMock({ port: taken }).catch((error) => {
 *   if (error instanceof CannotListen) console.error(error.message)
 * })
 */
export class CannotListen extends Error {
  /** The name of the class. */
  override readonly name = 'CannotListen'
}

/**
 * Thrown when the requests that were made are not as a test expects. The message has the nearest requests.
 * @example
 * try {
 *   portal.journal.expect({ status: 429 })
 * } catch (error) {
 *   if (error instanceof UnexpectedRequests) console.error(error.message)
 * }
 */
export class UnexpectedRequests extends Error {
  /** The name of the class. */
  override readonly name = 'UnexpectedRequests'
}

/**
 * Thrown when the journal cannot give the exact answer, because it has dropped exchanges to stay within its limits.
 * @example
 * try {
 *   console.log(portal.journal.count())
 * } catch (error) {
 *   if (error instanceof DroppedExchanges) portal.journal.clear()
 * }
 */
export class DroppedExchanges extends Error {
  /** The name of the class. */
  override readonly name = 'DroppedExchanges'

  /** @param dropped the number of dropped exchanges */
  constructor(dropped: number) {
    super(
      `the journal has dropped ${dropped} exchanges, which could match: clear it before the part to check, or use list()`,
    )
  }
}
