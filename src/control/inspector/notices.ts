import { Observable } from './observable.ts'

const shownMs = 6000

/** The last notice about an action, for the line at the bottom of the page. */
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
