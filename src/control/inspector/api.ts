/** An error of the control API. */
export class ApiError extends Error {
  readonly status: number
  readonly hint: string

  constructor(status: number, message: string, hint: string) {
    super(message)
    this.status = status
    this.hint = hint
  }
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

/** Calls the control API for the whole mock, or for the selected portal. */
export class Api {
  /** The control token of the mock. It is kept in memory only. */
  controlToken = ''
  /** The name of the portal that calls apply to; undefined for the whole mock. */
  portal: string | undefined

  get<T>(path: string): Promise<T> {
    return this.#send('GET', path)
  }

  /** Makes a GET call for the whole mock, even if a portal is selected. */
  getForMock<T>(path: string): Promise<T> {
    return this.open(path, {}, '').then((response) => response.json())
  }

  put<T>(path: string, json: string): Promise<T> {
    return this.#send('PUT', path, json)
  }

  post<T>(path: string): Promise<T> {
    return this.#send('POST', path)
  }

  delete<T>(path: string): Promise<T> {
    return this.#send('DELETE', path)
  }

  /**
   * Makes a call and returns its response. The caller reads the body.
   * @param portal the name of the portal that the call applies to; empty for the whole mock
   * @throws {ApiError} if the mock refuses the call
   */
  async open(path: string, init: RequestInit = {}, portal = this.portal ?? ''): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.controlToken !== '') headers.set('x-mock-control-token', this.controlToken)
    if (portal !== '') headers.set('x-mock-portal', portal)
    const response = await fetch(path, { ...init, headers, cache: 'no-store' })
    if (response.ok) return response
    const { message = response.statusText, hint = '' } = Object(await response.json().catch(() => ({})))
    throw new ApiError(response.status, String(message), String(hint))
  }

  async #send<T>(method: Method, path: string, json?: string): Promise<T> {
    const body = json === undefined ? {} : { body: json, headers: { 'content-type': 'application/json' } }
    const response = await this.open(path, { method, ...body })
    return response.json()
  }
}
