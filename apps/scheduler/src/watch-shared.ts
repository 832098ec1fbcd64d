import type { Bus } from '@torrentino/bus'
import type { Metrics } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'

interface Shared {
  bus: { jobs: Pick<Bus['jobs'], 'depths' | 'ages'> } & Pick<Bus, 'numbers'>
  store: { tickets: Pick<Store['tickets'], 'standing'> }
}

/** The numbers of what all processes share. Each scheduler shows the same ones, so whoever sums over them takes the largest first. */
export function watchShared({ watch }: Pick<Metrics, 'watch'>, { bus, store }: Shared): void {
  watch({
    gauges: { queue_jobs: 'Jobs by queue and state' },
    labels: ['queue', 'state'],
    read: async () =>
      (await bus.jobs.depths()).flatMap(({ queue, waiting, active, delayed }) =>
        Object.entries({ waiting, active, delayed }).map(([state, queue_jobs]) => ({ queue, state, queue_jobs })),
      ),
  })
  watch({
    gauges: { queue_oldest_seconds: 'For how long the oldest job waits that nobody has begun' },
    labels: ['queue'],
    read: async () => (await bus.jobs.ages()).map(({ queue, oldestSecs }) => ({ queue, queue_oldest_seconds: oldestSecs })),
  })
  watch({
    gauges: {
      tickets: 'Tickets that are not over, by state; 100000 = so many or more',
      ticket_oldest_seconds: 'For how long the oldest of them has stood there that is not paused and waits for no other ticket',
    },
    labels: ['state'],
    read: async () =>
      (await store.tickets.standing()).map(({ state, count, oldestSecs }) => ({
        state,
        tickets: count,
        ticket_oldest_seconds: oldestSecs,
      })),
  })
  watch({
    gauges: {
      redis_memory_used_bytes: 'What Redis takes',
      redis_memory_limit_bytes: 'What Redis may take; 0 = all there is',
      redis_append_only: '1: jobs survive a restart of Redis',
      redis_written: '0: Redis could not write what is to survive a restart',
    },
    labels: [],
    read: async () => {
      const { usedBytes, limitBytes, appendOnly, written } = await bus.numbers()
      return [
        {
          redis_memory_used_bytes: usedBytes,
          redis_memory_limit_bytes: limitBytes,
          redis_append_only: Number(appendOnly),
          redis_written: Number(written),
        },
      ]
    },
  })
}
