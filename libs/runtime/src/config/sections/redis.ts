import { section } from '../section.js'
import { addressOf, secret, text } from '../setting.js'
import { optionalFile } from './path.js'

const LOGIN = '(?:[^/?#]*@)?'
const HOST = '(?:\\[[0-9a-fA-F:.]+\\]|[\\w.-]+)(?::\\d{1,5})?'
const HOSTS = `${HOST}(?:,${HOST})*`
const FORMS = [
  `rediss?://${LOGIN}${HOST}(?:/\\d{0,3})?`,
  `rediss?\\+cluster://${LOGIN}${HOSTS}/?`,
  `rediss?\\+sentinel://${LOGIN}${HOSTS}/[\\w.-]+(?:/\\d{1,3})?`,
]

export const redis = section(
  {
    url: addressOf(new RegExp(`^(?:${FORMS.join('|')})$`), {
      about:
        'Redis, as redis://:password@host:6379/0; redis+cluster://host1,host2,host3 or redis+sentinel://host1,host2/name; rediss, rediss+cluster, rediss+sentinel with TLS. Required (npm start brings its own when unset)',
      allowed:
        'redis:// or rediss:// with host:port/number, redis+cluster:// with host1:port,host2:port, or redis+sentinel:// with host1:port,host2:port/name (user:password@ before the first host, special characters in it percent-encoded)',
    }),
    prefix: text({
      about: 'Begins the name of every key and channel, so that several systems can share a Redis',
      allowed: 'letters, digits, _ and -, at most 40',
      pattern: /^[\w-]{1,40}$/,
      fallback: 'torrentino',
    }),
    sentinel_password: secret({ about: 'Password of the sentinels themselves, where they have one', fallback: '' }),
    tls_ca: optionalFile({ about: 'Certificate authority (PEM) of a Redis with TLS; empty = those of the system' }),
    tls_cert: optionalFile({ about: 'Certificate (PEM) that Redis wants to see of us' }),
    tls_key: optionalFile({ about: 'Private key (PEM) of that certificate' }),
  },
  ({ url, tls_ca, tls_cert, tls_key }, complain) => {
    if (tls_cert !== '' && tls_key === '') complain('tls_key', 'is required when redis.tls_cert is set')
    if (tls_cert === '' && tls_key !== '') complain('tls_cert', 'is required when redis.tls_key is set')
    if (/^rediss/.test(url.reveal())) return
    for (const [key, path] of Object.entries({ tls_ca, tls_cert }))
      if (path !== '') complain(key, 'needs a redis.url that begins with rediss')
  },
)
