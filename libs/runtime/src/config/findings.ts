/** Everything that is wrong with a configuration, collected before anybody is told. */
export class Findings {
  readonly faults: string[] = []
  readonly notices: string[] = []

  fault(text: string): void {
    if (!this.faults.includes(text)) this.faults.push(text)
  }

  notice(text: string): void {
    if (!this.notices.includes(text)) this.notices.push(text)
  }
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(readonly faults: readonly string[]) {
    super(
      `the configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
  }
}
