import { z } from 'zod'
import { section } from '../section.js'
import { describe, integer, jsonFromText } from '../setting.js'
import { USER_ID } from './user.js'

const most = z.int().min(0).max(1_000_000)

export interface UserLimits {
  user: string
  requests_per_minute?: number
  open_tickets?: number
  tickets_per_day?: number
}

const ofUser = z.strictObject({
  user: USER_ID,
  requests_per_minute: most.optional(),
  open_tickets: most.optional(),
  tickets_per_day: most.optional(),
}) as z.ZodType<UserLimits>

const RANGE = { min: 0, max: 1_000_000, fallback: 0 }

export const limits = section(
  {
    requests_per_minute: integer({ about: 'How many requests a caller may make in a minute, over all gateways; 0 = any number', ...RANGE }),
    open_tickets: integer({
      about: 'How many tickets of a user may be under way at a time; admins may have any number; 0 = any number',
      ...RANGE,
    }),
    tickets_per_day: integer({ about: 'How many tickets a user may file within 24 hours; admins any number; 0 = any number', ...RANGE }),
    users: describe(z.array(ofUser).max(10_000).prefault([]), {
      about: 'Other limits for single users, as JSON: [{"user":"ann","requests_per_minute":600,"open_tickets":5,"tickets_per_day":0}]',
      allowed: 'a JSON list of {user, requests_per_minute, open_tickets, tickets_per_day}, whole numbers from 0 to 1000000',
      fallback: '[]',
      fromText: jsonFromText,
    }),
  },
  ({ users }, complain) => {
    const names = users.map(({ user }) => user)
    const double = names.find((name, index) => names.indexOf(name) !== index)
    if (double !== undefined) complain('users', `must not name ${double} twice`)
  },
)
