import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

const LONGEST = 16_384

/** Calls back for each line; one that never ends is handed over in pieces, so that it cannot fill the memory. */
export function forEachLine(stream: Readable, onLine: (line: string) => void, longest = LONGEST): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) emit(line)
    while (rest.length > longest) {
      onLine(rest.slice(0, longest))
      rest = rest.slice(longest)
    }
  })
  stream.on('end', () => {
    if (rest !== '') emit(rest)
  })
  stream.on('error', () => {})

  function emit(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    for (let start = 0; start === 0 || start < text.length; start += longest) onLine(text.slice(start, start + longest))
  }
}
