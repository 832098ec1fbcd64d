import { posix } from 'node:path'
import { section } from '../section.js'
import { list, plainText } from '../setting.js'

const root = plainText
  .refine((path) => posix.isAbsolute(path) && posix.normalize(path) !== '/' && !path.split('/').includes('..'))
  .transform((path) => posix.normalize(path).replace(/\/$/, ''))

export const media = section(
  {
    roots: list(root, {
      about: 'Folders that files may be placed under, absolute, comma separated. Required',
      allowed: 'a list of absolute folders, such as /media/music, without .. and not / itself',
      minLength: 1,
      maxLength: 100,
    }),
  },
  ({ roots }, complain) => {
    const double = roots.find((path, index) => roots.indexOf(path) !== index)
    if (double !== undefined) complain('roots', `must not name ${double} twice`)
  },
)
