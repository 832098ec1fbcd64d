import { z } from 'zod'
import { isAddressRange } from '../../address-ranges.js'
import { section } from '../section.js'
import { list, plainText } from '../setting.js'
import { ROLE, USER_ID, type UserRole } from './user.js'

export interface AddressRule {
  ip: string
  user_id: string
  role: UserRole
}

export const range = plainText.refine(isAddressRange)
const fields = { ip: range, user_id: USER_ID, role: ROLE.default('user') }

const whole = z.strictObject(fields)
const inShort = plainText.transform((value, ctx): AddressRule => {
  const [, ip, user_id, role] = /^([^=]+?)\s*=\s*(.+?)(?::(user|admin))?$/.exec(value) ?? []
  const rule = whole.safeParse({ ip, user_id, role })
  if (rule.success) return rule.data
  ctx.addIssue({ code: 'custom' })
  return z.NEVER
})
const rule = z.union([inShort, whole]) as unknown as z.ZodType<AddressRule>

export const authAddress = section({
  rules: list(rule, {
    about: 'For method address, who calls from where, first match first, comma separated: 192.168.1.0/24=homelab, 10.0.0.5=server:admin',
    allowed: 'a list of rules such as 192.168.1.0/24=homelab or 10.0.0.5=server:admin, in the file also of {ip, user_id, role}',
    fallback: '',
    maxLength: 1000,
  }),
})
