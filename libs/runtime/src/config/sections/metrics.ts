import { section } from '../section.js'
import { integer, text } from '../setting.js'
import { HOST } from './server.js'

export const metrics = section({
  host: text({ about: 'Where /metrics, /healthz and /readyz of a process listen; 0.0.0.0 in containers', ...HOST, fallback: '127.0.0.1' }),
  port: integer({ about: 'Their port; each process on a machine needs its own; 0 = any free one', min: 0, max: 65535, fallback: 9464 }),
})
