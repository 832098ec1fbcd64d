/** Reads the key=value lines of `-progress` and tells how many seconds are converted. */
export function progressReader(onTime: (seconds: number) => void): (chunk: Buffer) => void {
  let rest = ''
  return (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = (lines.pop() ?? '').slice(-1000)
    for (const line of lines) {
      const micros = /^out_time_us=(\d+)/.exec(line)?.[1]
      if (micros !== undefined) onTime(Number(micros) / 1_000_000)
    }
  }
}
