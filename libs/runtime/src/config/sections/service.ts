import { section } from '../section.js'
import { text } from '../setting.js'

export const service = section({
  name: text({
    about: 'Name of this process in logs and leases, different in each; empty = <service>-<hostname>-<pid>',
    allowed: 'letters, digits, _, . and -, at most 100',
    pattern: /^[\w.-]{0,100}$/,
    fallback: '',
  }),
})
