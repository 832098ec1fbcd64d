import { posix } from 'node:path'
import { section } from '../section.js'
import { decimal, flag, list, plainText, text } from '../setting.js'

const root = plainText
  .refine((path) => posix.isAbsolute(path) && posix.normalize(path) !== '/' && !path.split('/').includes('..'))
  .transform((path) => posix.normalize(path).replace(/\/$/, ''))

const MODE = /^([0-7]{3,4})?$/

export const media = section(
  {
    roots: list(root, {
      about: 'Folders that files may be placed under, absolute, comma separated. Required',
      allowed: 'a list of absolute folders, such as /media/music, without .. and not / itself',
      minLength: 1,
      maxLength: 100,
    }),
    portable_names: flag({
      about: 'Refuse destinations that Windows and SMB shares cannot hold, or that differ from each other only by capitals',
      fallback: false,
    }),
    file_mode: text({
      about: 'Mode of placed files, such as 0664; empty = as the umask gives it',
      allowed: 'an octal mode such as 0664, or empty',
      pattern: MODE,
      fallback: '',
    }),
    folder_mode: text({
      about: 'Mode of folders made for them, such as 2775; empty = as the umask gives it',
      allowed: 'an octal mode such as 2775, or empty',
      pattern: MODE,
      fallback: '',
    }),
    owner: text({
      about: 'Numbers of the user and the group that placed files belong to, such as 1000:1000; empty = those of the place worker',
      allowed: 'two numbers such as 1000:1000, or empty',
      pattern: /^(\d{1,9}:\d{1,9})?$/,
      fallback: '',
    }),
    timeout_secs: decimal({
      about: 'A media root that does nothing for this long is waited for',
      min: 1,
      max: 86400,
      fallback: 60,
    }),
  },
  ({ roots }, complain) => {
    const double = roots.find((path, index) => roots.indexOf(path) !== index)
    if (double !== undefined) complain('roots', `must not name ${double} twice`)
  },
)
