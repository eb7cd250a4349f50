import { shorten } from '../../text/shorten.ts'
import { type Json, textOf } from '../json.ts'

/** The part of an operation that a fact is about. */
export type Part = 'operation' | 'parameter' | 'body' | 'response' | 'header'

const maximumNameChars = 200

/**
 * What a fact is about: an operation, one of its parameters such as `query.sort`, its body, a response such as `200`, a
 * header of one such as `200@vary`, or a member that is some steps below one of these.
 */
export class Subject {
  readonly part: Part
  /** How reports name it, such as `200.results[].id`. */
  readonly text: string
  /** What it is a part of: a member of its object, a header of its response. */
  readonly parent: Subject | undefined
  /** Differs from the key of every other subject, whatever characters are in the names of members. */
  readonly key: string
  /** The same step below another subject. */
  readonly #below: (parent: Subject) => Subject

  private constructor(
    part: Part,
    text: string,
    parent: Subject | undefined,
    step: string,
    below: (parent: Subject) => Subject,
  ) {
    this.part = part
    this.text = text
    this.parent = parent
    this.key = `${parent?.key ?? part}\0${step}`
    this.#below = below
  }

  /** A part of an operation. @param name such as `query.sort` for a parameter, or `200` for a response */
  static of(part: Exclude<Part, 'header'>, name = part === 'operation' ? '' : part): Subject {
    return new Subject(part, name, undefined, name, (root) => root)
  }

  header(name: string): Subject {
    return new Subject('header', `${this.text}@${name}`, this, `@${name}`, (parent) => parent.header(name))
  }

  member(name: string): Subject {
    const text = `${this.text}.${shorten(name, maximumNameChars)}`
    return new Subject(this.part, text, this, `.${name}`, (parent) => parent.member(name))
  }

  items(): Subject {
    return new Subject(this.part, `${this.text}[]`, this, '[]', (parent) => parent.items())
  }

  /** The members that are not named. @param pattern of their names, if not all are meant */
  otherMembers(pattern?: string): Subject {
    const step = pattern === undefined ? '.*' : `./${pattern}/`
    return new Subject(this.part, this.text + step, this, step, (parent) => parent.otherMembers(pattern))
  }

  /** One of several schemas that a value can have. */
  option(name: string): Subject {
    const text = `${this.text}<${shorten(name, maximumNameChars)}>`
    return new Subject(this.part, text, this, `<${name}>`, (parent) => parent.option(name))
  }

  /** The subject below this one that a path leads to, such as `['results', '[]', 'id']` or `['<Name>', 'id']`. */
  at(path: readonly string[]): Subject {
    return path.reduce<Subject>((subject, step) => {
      if (step === '[]') return subject.items()
      const [, option] = /^<(.+)>$/.exec(step) ?? []
      if (option !== undefined) return subject.option(option)
      return step === '*' ? subject.otherMembers() : subject.member(step)
    }, this)
  }

  /** The subjects that this one is a part of, the nearest first. */
  *ancestors(): Generator<Subject> {
    for (let subject = this.parent; subject !== undefined; subject = subject.parent) yield subject
  }

  /** Whether this is a whole response. */
  get isResponse(): boolean {
    return this.part === 'response' && this.parent === undefined
  }

  /** Whether this is one of several schemas. */
  get isOption(): boolean {
    return this.text.endsWith('>')
  }

  /** The part of the operation that this subject is in: the response, the body, the parameter. */
  get root(): Subject {
    return this.parent?.root ?? this
  }

  /** The same steps below another response. */
  movedTo(root: Subject): Subject {
    return this.parent === undefined ? root : this.#below(this.parent.movedTo(root))
  }
}

/** One thing that an OpenAPI document promises. */
export interface Fact {
  readonly subject: Subject
  /** A keyword of OpenAPI or JSON Schema; `presence` for whether a member, a parameter or a response is there. */
  readonly keyword: string
  /** What the keyword is said of, where it is a set: a value of an enum, a media type, a scheme. */
  readonly item: string | undefined
  /** The value. More than one where a document says several, which then all hold. */
  readonly values: readonly Json[]
}

/** A fact as text, such as `200.results[].id type`. */
export function placeOf({ subject, keyword, item }: Pick<Fact, 'subject' | 'keyword' | 'item'>): string {
  const words = keyword === 'presence' ? [] : keyword === 'enum' && item !== undefined ? ['is', item] : [keyword, item]
  return [subject.text, ...words].filter((word) => word !== undefined && word !== '').join(' ')
}

/** The value of a fact as text. */
export function valueText({ values }: Fact): string {
  return values.map(textOf).sort().join(' and ')
}

/** The facts of one operation. No two are about the same keyword and item of a subject. */
export class Facts {
  readonly #facts = new Map<string, Fact>()
  /** How many values are listed for a subject, by its key. */
  readonly #enums = new Map<string, number>()

  get size(): number {
    return this.#facts.size
  }

  [Symbol.iterator](): Iterator<Fact> {
    return this.#facts.values()
  }

  get(subject: Subject, keyword: string, item?: string): Fact | undefined {
    return this.#facts.get(keyOf(subject, keyword, item))
  }

  /** Whether there is a fact about the same keyword and item of the same subject. */
  has({ subject, keyword, item }: Pick<Fact, 'subject' | 'keyword' | 'item'>): boolean {
    return this.#facts.has(keyOf(subject, keyword, item))
  }

  /** The same fact of another document. */
  counterpart({ subject, keyword, item }: Fact): Fact | undefined {
    return this.get(subject, keyword, item)
  }

  /** Adds a value. Where there is one, both hold: a member that one part of a schema requires is required. */
  add(subject: Subject, keyword: string, value: Json, item?: string): void {
    const key = keyOf(subject, keyword, item)
    if (keyword === 'enum' && !this.#facts.has(key)) this.#enums.set(subject.key, this.#listed(subject) + 1)
    const before = this.#facts.get(key)?.values ?? []
    const values = before.some((one) => textOf(one) === textOf(value)) ? before : [...before, value]
    this.#facts.set(key, { subject, keyword, item, values: values.includes('required') ? ['required'] : values })
  }

  delete(subject: Subject, keyword: string, item?: string): void {
    const isDeleted = this.#facts.delete(keyOf(subject, keyword, item))
    if (keyword === 'enum' && isDeleted) this.#enums.set(subject.key, this.#listed(subject) - 1)
  }

  /** Whether the values that are allowed for a subject are listed. */
  hasEnum(subject: Subject): boolean {
    return this.#listed(subject) > 0
  }

  #listed({ key }: Subject): number {
    return this.#enums.get(key) ?? 0
  }
}

function keyOf({ key }: Subject, keyword: string, item = ''): string {
  return `${key}\0\0${keyword}\0${item}`
}
