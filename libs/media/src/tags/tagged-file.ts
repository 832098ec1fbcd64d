import { type FileHandle, open } from 'node:fs/promises'
import { StageError } from '@torrentino/domain'

const PIECE = 1 << 20

/** An audio file that is copied with other tags, in pieces. */
export class TaggedFile {
  private readonly waiting: Buffer[] = []
  private waitingBytes = 0

  private constructor(
    readonly input: FileHandle,
    readonly size: number,
    private readonly output: FileHandle,
    private readonly signal: AbortSignal | undefined,
  ) {}

  static async run(input: string, output: string, signal: AbortSignal | undefined, work: (file: TaggedFile) => Promise<void>) {
    const from = await open(input, 'r')
    try {
      const to = await open(output, 'w')
      try {
        const file = new TaggedFile(from, (await from.stat()).size, to, signal)
        await work(file)
        await file.flush()
      } finally {
        await to.close()
      }
    } finally {
      await from.close()
    }
  }

  /** Exactly so many bytes; a file that ends before them is broken. */
  async read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.input.read(buffer, 0, length, position)
    if (bytesRead !== length) throw brokenFile('it ends in the middle')
    return buffer
  }

  /** In large pieces: an Ogg has some hundred pages to a MB. The parts must stay as they are. */
  async write(...parts: Buffer[]): Promise<void> {
    this.waiting.push(...parts)
    this.waitingBytes += parts.reduce((sum, part) => sum + part.length, 0)
    if (this.waitingBytes >= PIECE) await this.flush()
  }

  private async flush(): Promise<void> {
    const piece = Buffer.concat(this.waiting.splice(0))
    this.waitingBytes = 0
    if (piece.length > 0) await this.output.write(piece)
  }

  /** The bytes as they are. */
  async copy(from: number, to: number): Promise<void> {
    await this.flush()
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(PIECE, to - from)))
    for (let at = from; at < to; ) {
      this.signal?.throwIfAborted()
      const { bytesRead } = await this.input.read(buffer, 0, Math.min(PIECE, to - at), at)
      if (bytesRead === 0) throw brokenFile('it ends in the middle')
      await this.output.write(buffer, 0, bytesRead)
      at += bytesRead
    }
  }

  /** Over what stands there already. */
  async overwrite(position: number, part: Buffer): Promise<void> {
    await this.flush()
    await this.output.write(part, 0, part.length, position)
  }
}

export function brokenFile(why: string): StageError {
  return new StageError('permanent', 'output_invalid', `The file cannot be tagged: ${why}`)
}
