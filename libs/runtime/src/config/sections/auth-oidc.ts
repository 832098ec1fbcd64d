import { z } from 'zod'
import { section } from '../section.js'
import { integer, list, plainText, text } from '../setting.js'

/** Only what needs a private key to sign: a provider's public key must never do as a shared secret. */
export const JWT_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'] as const
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number]

const WEB = { pattern: /^(https?:\/\/[^\s/?#]+[^\s#]*)?$/, allowed: 'an http:// or https:// address' }
const VALUES = { maxLength: 100, allowed: 'a list of texts' }

export const authOidc = section({
  issuer: text({
    about: 'For method oidc: the issuer of the tokens, exactly as it calls itself, such as https://auth.example.com',
    ...WEB,
    fallback: '',
  }),
  audience: text({ about: 'What the tokens must be made out to', fallback: '' }),
  jwks_url: text({ about: "Where the issuer's keys are; empty = as its discovery document says", ...WEB, fallback: '' }),
  algorithms: list<JwtAlgorithm>(z.enum(JWT_ALGORITHMS), {
    about: 'How the tokens may be signed, comma separated',
    allowed: `a list of ${JWT_ALGORITHMS.join(', ')}`,
    fallback: 'RS256,ES256',
    minLength: 1,
    maxLength: JWT_ALGORITHMS.length,
  }),
  user_id_claim: text({
    about: 'The claim that names the user: sub, email, preferred_username',
    pattern: /^\S+$/,
    allowed: 'the name of a claim',
    fallback: 'sub',
  }),
  role_claim: text({
    about: 'The claim that tells what the user may do, a text or a list; dots lead deeper, as in realm_access.roles',
    pattern: /^\S+$/,
    allowed: 'the name of a claim',
    fallback: 'roles',
  }),
  admin_roles: list(plainText.min(1), {
    about: 'Who has one of these in that claim is admin, comma separated',
    ...VALUES,
    fallback: 'admin',
  }),
  user_roles: list(plainText.min(1), {
    about: 'Who has one of these is user, comma separated; empty = everybody with a good token',
    ...VALUES,
    fallback: '',
  }),
  clock_skew_secs: integer({ about: "By how much the issuer's clock may differ from ours", min: 0, max: 600, fallback: 30 }),
})
