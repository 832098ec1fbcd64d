import { isIP } from 'node:net'
import { interfaceDown } from '../shared/failures.js'
import type { Api } from './api.js'
import { clientError } from './failures.js'
import type { Preferences } from './schema.js'

/** Sees to it that qBittorrent reaches peers through one interface only. Bound to it, it sends nothing while that is down. */
export class InterfaceGuard {
  private checkedAt = 0

  constructor(
    private readonly api: Api,
    /** Name or address; undefined: any will do. */
    readonly name: string | undefined,
    private readonly everyMs: number,
  ) {}

  get isDue(): boolean {
    return this.name !== undefined && Date.now() - this.checkedAt >= this.everyMs
  }

  async isUp(): Promise<boolean> {
    const { name } = this
    if (name === undefined) return true
    await this.bind(name)
    this.checkedAt = Date.now()
    return isIP(name) ? (await this.api.addresses('')).includes(name) : (await this.api.addresses(name)).length > 0
  }

  async mustBeUp(): Promise<void> {
    if (!(await this.isUp())) throw interfaceDown(this.name ?? '')
  }

  private async bind(name: string): Promise<void> {
    if (isBound(await this.api.preferences(), name)) return
    const wanted = isIP(name)
      ? { current_network_interface: '', current_interface_address: name }
      : { current_network_interface: name, current_interface_address: '' }
    await this.api.setPreferences(wanted)
    if (!isBound(await this.api.preferences(), name)) throw clientError(`does not let itself be bound to the network interface ${name}`)
  }
}

/** An interface may be narrowed down further to one of its addresses. */
function isBound(preferences: Preferences, name: string): boolean {
  return isIP(name) ? preferences.current_interface_address === name : preferences.current_network_interface === name
}
