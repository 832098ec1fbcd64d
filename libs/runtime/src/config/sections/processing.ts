import { section } from '../section.js'
import { decimal, integer } from '../setting.js'

export const processing = section(
  {
    max_parallel_downloads: integer({ about: 'Downloads at once in the whole system', min: 1, max: 1000, fallback: 2 }),
    worker_concurrency: integer({ about: 'Tickets a worker process handles at once', min: 1, max: 1000, fallback: 20 }),
    retry_max_attempts: integer({ about: 'How often a stage is tried before the ticket fails', min: 1, max: 100, fallback: 3 }),
    retry_initial_delay_secs: decimal({
      about: 'Pause after the first failure; doubles with each further one',
      min: 0,
      max: 86400,
      fallback: 60,
    }),
    retry_max_delay_secs: decimal({ about: 'Longest pause between two tries', min: 0, max: 604800, fallback: 3600 }),
    max_crashes: integer({ about: 'A ticket whose stage was started this often without an end fails', min: 1, max: 100, fallback: 5 }),
    lock_secs: decimal({ about: 'A worker that is silent for this long has lost its job', min: 0.5, max: 600, fallback: 4 }),
    stalled_check_secs: decimal({ about: 'How often lost jobs are looked for', min: 0.1, max: 600, fallback: 2 }),
    rescue_interval_secs: decimal({
      about: 'How often the scheduler looks for tickets whose job is gone',
      min: 0.1,
      max: 3600,
      fallback: 5,
    }),
    rescue_after_secs: decimal({
      about: 'A ticket without a live job for this long is sent on its way again',
      min: 0.1,
      max: 86400,
      fallback: 20,
    }),
    shutdown_timeout_secs: decimal({ about: 'Longest time an orderly stop may take', min: 0.1, max: 3600, fallback: 20 }),
  },
  (values, complain) => {
    if (values.retry_initial_delay_secs > values.retry_max_delay_secs) {
      complain('retry_initial_delay_secs', `must not exceed processing.retry_max_delay_secs (${values.retry_max_delay_secs})`)
    }
    if (values.stalled_check_secs >= values.lock_secs)
      complain('stalled_check_secs', `must be less than processing.lock_secs (${values.lock_secs})`)
  },
)
