import type { FileHandle } from 'node:fs/promises'

/** Reads a head from front to back; a file that ends before what it promises gives undefined. */
export class ByteReader {
  constructor(
    private readonly file: FileHandle,
    public at = 0,
  ) {}

  async take(length: number): Promise<Buffer | undefined> {
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(length), 0, length, this.at)
    this.at += length
    return bytesRead === length ? buffer : undefined
  }

  skip(length: number): void {
    this.at += length
  }
}
