import type { Redis } from 'ioredis'
import { CALL, ENTER, LACKING } from './place-scripts.js'

/** Name of the places that the whole system has for running downloads. */
export const DOWNLOADS = 'downloads'

export interface Asker {
  /** Holds the place; asking again renews it. */
  owner: string
  /** Stands in the line. */
  member: string
  requester: string
  /** Lower ones go first. */
  priority: number
}

export interface Leaving {
  owner?: Pick<Asker, 'owner' | 'requester' | 'priority'> & { unused: boolean }
  gone?: readonly string[]
}

/** Places that all processes share, with a fair line before them. A place ends by itself soon after its owner has died. */
export interface Places {
  /** 0: the place is taken. Else the stand in the line, from 1; who does not ask again in time loses it. */
  enter(name: string, asker: Asker, options: { places: number; ttlMs: number; patienceMs: number }): Promise<number>
  /** Gives back a place, and its turn where it was of no use; `gone` leave the line. Answers who may come in now. */
  call(name: string, places: number, leaving?: Leaving): Promise<string[]>
  /** From 1; null for one who does not stand in the line. */
  standing(name: string, member: string): Promise<number | null>
  /** Somebody whose priority goes before this one waits for a place, and there is none for him. */
  isAwaited(name: string, places: number, priority: number): Promise<boolean>
}

export function createPlaces(redis: Redis, prefix: string): Places {
  // The holders are leases: who holds one renews it there.
  const keys = (name: string) => ['lease', 'line', 'seen', 'turns'].map((part) => `${prefix}:${part}:${name}`)
  return {
    async enter(name, { owner, member, requester, priority }, { places, ttlMs, patienceMs }) {
      const args = [owner, member, requester, priority, places, ttlMs, patienceMs]
      return Number(await redis.eval(ENTER, 4, ...keys(name), ...args.map(String)))
    },
    async call(name, places, { owner, gone = [] } = {}) {
      const unused = owner?.unused ? `last:${owner.priority}:${owner.requester}` : ''
      return (await redis.eval(CALL, 4, ...keys(name), String(places), owner?.owner ?? '', unused, ...gone)) as string[]
    },
    async standing(name, member) {
      const ahead = await redis.zrank(`${prefix}:line:${name}`, member)
      return ahead === null ? null : ahead + 1
    },
    async isAwaited(name, places, priority) {
      return Number(await redis.eval(LACKING, 4, ...keys(name), String(places), String(priority))) > 0
    },
  }
}
