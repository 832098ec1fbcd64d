import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hold } from './gate.js'
import { makeOnce } from './remembering.js'

/** An ffmpeg that the test can make wait, fail, or kill the worker that started it; each time for one ticket. */
export interface GuidedFfmpeg {
  path: string
  /** All items of the ticket, or the one with this index. */
  hold(ticketId: string, itemIdx?: number): Promise<Hold & { pids(): Promise<number[]> }>
  /** The item with this index cannot be converted. */
  spoil(ticketId: string, itemIdx: number): Promise<() => Promise<void>>
  poison(ticketId: string): Promise<() => Promise<void>>
  /** Nothing can be converted, or nothing ends. */
  failAll(how: 'spoil' | 'hold'): Promise<() => Promise<void>>
  /** How often it was started for each item. */
  calls(ticketId: string): Promise<Record<string, number>>
}

export async function makeGuidedFfmpeg(folder: string, workFolder: string, ffmpeg: string): Promise<GuidedFfmpeg> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'ffmpeg')
  await writeFile(path, script(folder, workFolder, ffmpeg))
  await chmod(path, 0o755)
  const lines = async (name: string) =>
    (await readFile(join(folder, name), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  const order = (name: string) => writeFile(join(folder, name), '')
  const revoke = (name: string) => rm(join(folder, name), { force: true })
  return {
    path,
    async hold(ticketId, itemIdx) {
      const held = itemIdx === undefined ? ticketId : `${ticketId}-${itemIdx}`
      const seen = async () => (await lines('held')).filter((line) => line.startsWith(`${held} `))
      await order(`hold-${held}`)
      return {
        arrivals: async () => (await seen()).length,
        pids: async () => (await seen()).map((line) => Number(line.split(' ')[1])),
        release: () => revoke(`hold-${held}`),
      }
    },
    async spoil(ticketId, itemIdx) {
      const name = `spoil-${ticketId}-${itemIdx}`
      await order(name)
      return () => revoke(name)
    },
    async poison(ticketId) {
      await order(`poison-${ticketId}`)
      return () => revoke(`poison-${ticketId}`)
    },
    async failAll(how) {
      await order(`${how}-all`)
      return () => revoke(`${how}-all`)
    },
    async calls(ticketId) {
      const counts: Record<string, number> = {}
      for (const line of await lines('calls')) {
        const [id, idx = ''] = line.split(' ')
        if (id === ticketId) counts[idx] = (counts[idx] ?? 0) + 1
      }
      return counts
    },
  }
}

/** Of which ticket and item a call is, the output's path tells. The parent is a shell of the worker's, its parent the worker. */
function script(folder: string, workFolder: string, ffmpeg: string): string {
  return `#!/bin/sh
cd '${folder}'
for arg; do
  case $arg in '${workFolder}'/*) rest=\${arg#'${workFolder}'/}; id=\${rest%%/*}; name=\${rest#*/}; idx=\${name%%-*};; esac
done
echo "$id $idx $$" >> calls
for held in all "$id" "$id-$idx"; do
  if [ -e "hold-$held" ]; then
    echo "$held $$" >> held
    while [ -e "hold-$held" ]; do sleep 0.05; done
  fi
done
if [ -e "poison-$id" ]; then
  read -r _ _ _ worker _ < /proc/$PPID/stat
  kill -9 "$worker"
  sleep 60
fi
if [ -e "spoil-$id-$idx" ] || [ -e spoil-all ]; then
  echo 'Invalid data found when processing input' >&2
  exit 1
fi
${makeOnce(ffmpeg)}`
}
