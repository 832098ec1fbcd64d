/** Shows what is being waited for: in place on a terminal; elsewhere only what is new, without the list that shrinks. */
export function oneLine(out: NodeJS.WriteStream): (text: string) => void {
  let last = ''
  return (text) => {
    const [subject = ''] = text.split(',')
    const waiting = text.startsWith('waiting for ')
    if (out.isTTY) out.write(`\x1b[2K  ${text.slice(0, (out.columns ?? 100) - 3)}\r`)
    else if (!waiting || last !== 'waiting') out.write(`  ${waiting ? 'waiting until all are ready' : subject}\n`)
    last = waiting ? 'waiting' : text
  }
}

/** Takes the last line of `oneLine` away. */
export function clearLine(out: NodeJS.WriteStream): void {
  if (out.isTTY) out.write('\x1b[2K')
}
