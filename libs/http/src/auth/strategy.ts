import passport from 'passport'
import type { AuthRequest, Identity } from './identity.js'

/** A strategy is asked who a request comes from; null passes it on to the next method. */
export function strategyOf(find: (request: AuthRequest) => Promise<Identity | null> | Identity | null): passport.Strategy {
  return new FoundBy(find)
}

class FoundBy extends passport.Strategy {
  constructor(private readonly find: (request: AuthRequest) => Promise<Identity | null> | Identity | null) {
    super()
  }

  override async authenticate(request: unknown): Promise<void> {
    try {
      const identity = await this.find(request as AuthRequest)
      if (identity) this.success(identity)
      else this.fail(401)
    } catch (error) {
      this.error(error)
    }
  }
}
