import { type FileHandle, open } from 'node:fs/promises'
import { StageError } from '@torrentino/domain'

const PIECE = 1 << 20

/** An audio file that is copied with other tags, in pieces. */
export class TaggedFile {
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
        await work(new TaggedFile(from, (await from.stat()).size, to, signal))
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

  async write(...parts: Buffer[]): Promise<void> {
    for (const part of parts) await this.output.write(part)
  }

  /** The bytes as they are. */
  async copy(from: number, to: number): Promise<void> {
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
    await this.output.write(part, 0, part.length, position)
  }
}

export function brokenFile(why: string): StageError {
  return new StageError('permanent', 'output_invalid', `The file cannot be tagged: ${why}`)
}
