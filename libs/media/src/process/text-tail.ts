/** Keeps the last bytes of a stream of text, however long that runs. */
export class TextTail {
  private chunks: Buffer[] = []
  private size = 0

  constructor(private readonly maxBytes: number) {}

  add(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.size += chunk.length
    if (this.size <= this.maxBytes * 2) return
    const kept = this.last()
    this.chunks = [kept]
    this.size = kept.length
  }

  text(): string {
    return this.last().toString('utf8').trim()
  }

  private last(): Buffer {
    return Buffer.concat(this.chunks).subarray(-this.maxBytes)
  }
}
