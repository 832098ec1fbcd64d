import type { ClientMessage } from '@torrentino/domain'

interface Bar {
  label: string
  pct: number
  note: string
}

const WIDTH = 30
const STEP_PCT = 25

/** One bar for the download and one per track where a terminal is; else plain lines, a few per bar. */
export function createProgress(out: NodeJS.WriteStream, tracks: { catalog_track_id: string; name: string }[]) {
  const bars = new Map<string, Bar>([
    ['download', { label: 'download', pct: 0, note: '' }],
    ...tracks.map((track): [string, Bar] => [track.catalog_track_id, { label: track.name, pct: 0, note: '' }]),
  ])
  const told = new Map<string, number>()
  let drawn = 0

  function draw(): void {
    if (drawn > 0) out.write(`\x1b[${drawn}A`)
    const labelWidth = Math.max(...[...bars.values()].map((bar) => bar.label.length))
    for (const bar of bars.values()) {
      const filled = Math.round((bar.pct / 100) * WIDTH)
      const line = `${bar.label.padEnd(labelWidth)}  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${bar.pct.toFixed(0).padStart(3)} %  ${bar.note}`
      out.write(`\x1b[2K  ${line.slice(0, (out.columns ?? 100) - 3)}\n`)
    }
    drawn = bars.size
  }

  function plain(key: string, bar: Bar): void {
    const step = Math.floor(bar.pct / STEP_PCT)
    if (told.get(key) === step) return
    told.set(key, step)
    out.write(`  ${bar.label}: ${bar.pct.toFixed(0)} % ${bar.note}\n`)
  }

  function show(key: string, pct: number, note: string): void {
    const bar = bars.get(key)
    if (!bar || pct < bar.pct) return
    bar.pct = pct
    bar.note = note
    if (out.isTTY) draw()
    else plain(key, bar)
  }

  function stateLine(text: string): void {
    if (out.isTTY && drawn > 0) {
      out.write(`\x1b[${drawn}A\x1b[J`)
      drawn = 0
    }
    out.write(`${text}\n`)
    if (out.isTTY && [...bars.values()].some((bar) => bar.pct > 0)) draw()
  }

  return {
    onMessage(message: ClientMessage): void {
      if (message.type === 'state_change') {
        if (message.new_state === 'converting') show('download', 100, '')
        if (message.new_state === 'placing') for (const key of bars.keys()) show(key, 100, '')
        stateLine(`  ${(message.old_state ?? 'new').padEnd(14)} -> ${message.new_state}`)
        return
      }
      if (message.type !== 'progress') return
      if (message.stage === 'download') show('download', message.progress_pct, rate(message.download_speed_bps))
      if (message.stage === 'convert' && message.item_id) show(message.item_id, message.progress_pct, '')
    },
    close(): void {
      drawn = 0
    },
  }
}

function rate(bytesPerSecond = 0): string {
  return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`
}
