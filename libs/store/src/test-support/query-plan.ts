interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

export interface QueryPlan {
  /** What the tables are read with. */
  reads: string[]
  /** Rows that were looked at, given out or not. */
  visited: number
  /** The most rows that any sort got. */
  sorted: number
  ms: number
}

export function readPlan([row]: { 'QUERY PLAN': { Plan: PlanNode; 'Execution Time': number }[] }[]): QueryPlan {
  const [explained] = row?.['QUERY PLAN'] ?? []
  if (!explained) throw new Error('there is no plan')
  const nodes = flatten(explained.Plan)
  const scans = nodes.filter((node) => node['Node Type'].endsWith('Scan') && (node['Relation Name'] || node['Index Name']))
  const sorts = nodes.filter((node) => node['Node Type'].includes('Sort'))
  return {
    reads: scans.map((node) => `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name']}`),
    visited: sum(scans.map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'])),
    sorted: Math.max(0, ...sorts.map((node) => sum((node.Plans ?? []).map((below) => below['Actual Rows'] * below['Actual Loops'])))),
    ms: explained['Execution Time'],
  }
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)]
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
