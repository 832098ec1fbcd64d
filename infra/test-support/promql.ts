import { parser } from '@prometheus-io/lezer-promql'

type SyntaxNode = ReturnType<typeof parser.parse>['topNode']

export interface Selector {
  metric: string
  matchers: { label: string; operator: string; value: string }[]
  /** Labels that the answer is grouped by around it. */
  groupedBy: string[]
}

/** Which series a PromQL expression asks for. Throws where it is none. */
export function selectorsOf(expression: string): Selector[] {
  const text = (node: SyntaxNode) => expression.slice(node.from, node.to)
  const textsOf = (node: SyntaxNode, name: string) => node.getChildren(name).map(text)
  const found: Selector[] = []

  function walk(node: SyntaxNode, groupedBy: string[]): void {
    if (node.type.isError) throw new Error(`no PromQL at character ${node.from}: ${expression}`)
    if (node.name === 'VectorSelector') found.push({ metric: textsOf(node, 'Identifier').join(), matchers: matchersOf(node), groupedBy })
    const by = node.name === 'AggregateExpr' ? node.getChild('AggregateModifier')?.getChild('GroupingLabels') : null
    const around = by ? [...groupedBy, ...textsOf(by, 'LabelName')] : groupedBy
    for (let child = node.firstChild; child; child = child.nextSibling) walk(child, around)
  }

  function matchersOf(node: SyntaxNode): Selector['matchers'] {
    const all = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
    return all.map((matcher) => ({
      label: textsOf(matcher, 'LabelName').join(),
      operator: textsOf(matcher, 'MatchOp').join(),
      value: textsOf(matcher, 'StringLiteral').join().slice(1, -1),
    }))
  }

  walk(parser.parse(expression).topNode, [])
  return found
}
