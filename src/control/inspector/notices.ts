import { Observable } from './observable.ts'

const shownMs = 6000

/** What was just done, for the line at the bottom of the page. */
export class Notices extends Observable {
  text = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  show(text: string): void {
    clearTimeout(this.#timer)
    this.text = text
    this.#timer = setTimeout(() => this.show(''), shownMs)
    this.changed()
  }
}
