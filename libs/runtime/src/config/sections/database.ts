import { section } from '../section.js'
import { integer, serverUrl } from '../setting.js'

export const database = section({
  url: serverUrl(['postgres:', 'postgresql:'], {
    about: 'PostgreSQL, as postgres://user:password@host:5432/name. Required (npm start brings its own when unset)',
  }),
  pool_size: integer({ about: 'Connections each process may open', min: 1, max: 500, fallback: 10 }),
})
