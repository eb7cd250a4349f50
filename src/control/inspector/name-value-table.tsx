export type NamedValue = readonly [name: string, value: string]

interface NameValueTableProps {
  readonly title: string
  readonly values: readonly NamedValue[]
  /** Names that the operation does not read. */
  readonly unread?: readonly string[]
}

/** A folding table, such as of headers. */
export function NameValueTable({ title, values, unread = [] }: NameValueTableProps) {
  return (
    <details open>
      <summary>{title}</summary>
      <table>
        <tbody>
          {values.map(([name, value], i) => (
            <tr key={i}>
              <th scope="row">
                {unread.includes(name) ? <mark title="not read by the operation">{name}</mark> : name}
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
