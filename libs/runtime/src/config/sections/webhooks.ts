import { section } from '../section.js'
import { decimal, integer, list } from '../setting.js'
import { range } from './auth-address.js'

export const webhooks = section({
  allow_private: list(range, {
    about: 'Private addresses and networks that webhooks may reach all the same, comma separated: 10.0.0.0/8, 127.0.0.1; empty = none',
    allowed: 'a list of addresses and networks such as 10.0.0.5 or fd00::/8',
    fallback: '',
    maxLength: 100,
  }),
  timeout_secs: decimal({ about: 'A consumer that has not answered by then is tried again later', min: 0.1, max: 60, fallback: 10 }),
  max_attempts: integer({
    about: 'So often a message is sent, with pauses that grow from seconds to an hour, before it becomes a dead letter',
    min: 1,
    max: 50,
    fallback: 12,
  }),
})
