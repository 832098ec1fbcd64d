import type { Config } from './schema.js'
import type { AuthMethod } from './sections/auth.js'

type Auth = Config['auth']

/** Whether any setting lets this user be admin. Where others say who is (an issuer, a program), it may always be. */
export function mayBeAdmin(auth: Auth, userId: string): boolean {
  return auth.method.some((method) => letsBeAdmin(auth, method, userId))
}

function letsBeAdmin(auth: Auth, method: AuthMethod, userId: string): boolean {
  switch (method) {
    case 'none':
      return userId === 'anonymous'
    case 'token':
      return auth.tokens.some(({ name, role }) => name === userId && role === 'admin')
    case 'secret':
      return userId === 'shared' && auth.shared_secret_role === 'admin'
    case 'address':
      return auth.address.rules.some(({ user_id, role }) => user_id === userId && role === 'admin')
    case 'cert':
      return auth.cert.admins.includes(userId)
    case 'oidc':
    case 'plugin':
      return true
  }
}
