import { section } from '../section.js'
import { choice, list, text } from '../setting.js'
import { optionalFile } from './path.js'
import { USER_ID } from './user.js'

export const authCert = section({
  ca_cert: optionalFile({ about: 'For method cert: the certificates (PEM) of the authorities that make the certificates of callers' }),
  user_id_from: choice(['cn', 'email', 'dns', 'uri'], {
    about: 'What in a certificate names the user: cn, or the first email, dns or uri of its alternative names',
    fallback: 'cn',
  }),
  admins: list(USER_ID, {
    about: 'Users with a certificate who are admin, comma separated',
    allowed: 'a list of users',
    fallback: '',
    maxLength: 1000,
  }),
  revoked_file: optionalFile({
    about: 'Certificates that count no more, one serial number or SHA-256 fingerprint a line; read again when it changes',
  }),
  forwarded_header: text({
    about:
      'The header in which a proxy of AUTH_TRUSTED_PROXIES hands on the certificate (PEM, percent-encoded, or base64); empty = TLS ends here',
    pattern: /^[a-z0-9-]*$/i,
    allowed: 'the name of a header, such as X-SSL-Client-Cert',
    fallback: '',
  }),
})
