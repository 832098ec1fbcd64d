import { section } from '../section.js'
import { integer } from '../setting.js'
import { program } from './path.js'

export const authPlugin = section({
  command: program({
    about:
      'For method plugin: a program that reads {"headers": {}, "source_ip": ""} and prints {"user_id": "", "claims": {"role": "user"}} or {"error": ""}',
  }),
  timeout_ms: integer({ about: 'How long the program may take', min: 10, max: 60_000, fallback: 5000 }),
})
