import { section } from '../section.js'
import { serverUrl, text } from '../setting.js'

export const redis = section({
  url: serverUrl(['redis:', 'rediss:'], {
    about: 'Redis, as redis://:password@host:6379/0. Required (npm start brings its own when unset)',
  }),
  prefix: text({
    about: 'Begins the name of every key and channel, so that several systems can share a Redis',
    allowed: 'letters, digits, _ and -, at most 40',
    pattern: /^[\w-]{1,40}$/,
    fallback: 'torrentino',
  }),
})
