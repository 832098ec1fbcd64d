import { z } from 'zod'
import { section } from '../section.js'
import { integer, list, text } from '../setting.js'
import { optionalFile } from './path.js'

export const HOST = { pattern: /^[\w.:-]+$/, allowed: 'a host name or address such as 127.0.0.1 or 0.0.0.0' }

const origin = z.string().regex(/^(\*|https?:\/\/[\w.:[\]-]+)$/)

export const server = section(
  {
    host: text({ about: 'Where the gateway listens; 0.0.0.0 in containers', ...HOST, fallback: '127.0.0.1' }),
    port: integer({ about: 'Port of the gateway; 0 = any free one', min: 0, max: 65535, fallback: 8080 }),
    body_limit_kb: integer({ about: 'Largest request body in KiB', min: 1, max: 102400, fallback: 1024 }),
    base_path: text({
      about: 'Where a proxy has the gateway, such as /torrentino, whether it passes that on or not; empty = at the root',
      pattern: /^(\/[\w.~-]+)*$/,
      allowed: 'a path such as /torrentino, without a slash at the end',
      fallback: '',
    }),
    cors_origins: list(origin, {
      about: 'Whose pages may call from a browser, comma separated, such as https://app.example.com; * = all; empty = our own',
      allowed: 'a list of origins such as https://app.example.com, or *',
      fallback: '',
      maxLength: 100,
    }),
    tls_cert: optionalFile({ about: 'Certificate (PEM) with which the gateway speaks https; empty = http' }),
    tls_key: optionalFile({ about: 'Private key (PEM) of that certificate' }),
  },
  ({ tls_cert, tls_key }, complain) => {
    if (tls_cert !== '' && tls_key === '') complain('tls_key', 'is required when server.tls_cert is set')
    if (tls_cert === '' && tls_key !== '') complain('tls_cert', 'is required when server.tls_key is set')
  },
)
