/** Mapping templates: Velocity, as velocityjs has it, with the limits of API Gateway. */
import { Compile, parse } from 'velocityjs'
import { javaStrings } from './java-strings.ts'

type Tree = ReturnType<typeof parse>
type Node = Tree[number]

/** How often a #foreach goes round at most (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
const longestLoop = 1000

/** Templates come from the API’s definition: there are few, and each is parsed once. */
const parsed = new Map<string, Tree>()

/** Throws where the template is none, or where what it does fails. */
export function render(template: string, variables: Readonly<Record<string, unknown>>): string {
  const tree = parsed.get(template) ?? parse(template)
  parsed.set(template, tree)
  return new Bounded(tree, { escape: false, customMethodHandlers: [javaStrings] }).render({ ...variables })
}

/** What the library’s types leave out: its parts are mixed in. */
interface Renderer {
  readonly context: Record<string, unknown>
  render(context: Readonly<Record<string, unknown>>): string
  getLiteral(node: unknown): unknown
  getBlockEach(block: readonly Node[]): string
}
const Library = Compile as unknown as new (tree: Tree, config: object) => Renderer

class Bounded extends Library {
  override getBlockEach([head, ...body]: readonly Node[]): string {
    const items = this.getLiteral((head as { readonly from?: unknown }).from)
    const list = Array.isArray(items) ? items : Object.values(Object(items) as object)
    const outer = this.context[loopVariable]
    this.context[loopVariable] = list.slice(0, longestLoop)
    // The list has been evaluated: a variable stands for it.
    const from = { type: 'references', id: loopVariable, leader: '$' }
    const text = super.getBlockEach([{ ...head, from } as unknown as Node, ...body])
    this.context[loopVariable] = outer
    return text
  }
}

/** No template can name it. */
const loopVariable = ' list of a loop'
