import { section } from '../section.js'
import { integer, optionalServerUrl, serverUrl } from '../setting.js'

const POSTGRES = ['postgres:', 'postgresql:'] as const

export const database = section({
  url: serverUrl(POSTGRES, {
    about: 'PostgreSQL, as postgres://user:password@host:5432/name. Required (npm start brings its own when unset)',
  }),
  direct_url: optionalServerUrl(POSTGRES, {
    about:
      'The same database without its pooler, where DATABASE_URL is one in transaction mode (PgBouncer and the like): migrations go there; empty = there is no pooler',
  }),
  pool_size: integer({ about: 'Connections each process may open', min: 1, max: 500, fallback: 10 }),
})
