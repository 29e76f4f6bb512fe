import { marked, type Token, type Tokens } from 'marked'
import type { ReactNode } from 'react'

/** Markdown of a lab as elements: only what the texts need, and everything else as the text that it is. */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  return <Blocks tokens={marked.lexer(text)} />
}

function Blocks({ tokens }: { readonly tokens: readonly Token[] }): ReactNode {
  return tokens.map((token, at) => <BlockToken key={at} token={token} />)
}

function BlockToken({ token }: { readonly token: Token }): ReactNode {
  switch (token.type) {
    case 'space':
      return null
    case 'heading':
      // The page's own headings stand above.
      return (
        <h4>
          <Inline tokens={token.tokens ?? []} />
        </h4>
      )
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens ?? []} />
        </p>
      )
    case 'text':
      return <Inline tokens={'tokens' in token && token.tokens ? token.tokens : [token]} />
    case 'list':
      return <List list={token as Tokens.List} />
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={token.tokens ?? []} />
        </blockquote>
      )
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      )
    case 'table':
      return <MarkdownTable table={token as Tokens.Table} />
    case 'hr':
      return <hr />
    default:
      return <p>{token.raw}</p>
  }
}

function List({ list }: { readonly list: Tokens.List }): ReactNode {
  const items = list.items.map((item, at) => (
    <li key={at}>
      <Blocks tokens={item.tokens} />
    </li>
  ))
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

function MarkdownTable({ table }: { readonly table: Tokens.Table }): ReactNode {
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, at) => (
              <th key={at} scope="col">
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at}>
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Inline({ tokens }: { readonly tokens: readonly Token[] }): ReactNode {
  return tokens.map((token, at) => <InlineToken key={at} token={token} />)
}

function InlineToken({ token }: { readonly token: Token }): ReactNode {
  const inner = <Inline tokens={'tokens' in token && token.tokens ? token.tokens : []} />
  switch (token.type) {
    case 'strong':
      return <strong>{inner}</strong>
    case 'em':
      return <em>{inner}</em>
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>
    case 'br':
      return <br />
    case 'link':
      return /^https:\/\//.test((token as Tokens.Link).href) ? (
        <a href={(token as Tokens.Link).href} rel="noreferrer">
          {inner}
        </a>
      ) : (
        inner
      )
    case 'escape':
      return (token as Tokens.Escape).text
    case 'text':
      return 'tokens' in token && token.tokens ? inner : (token as Tokens.Text).text
    default:
      return token.raw
  }
}
