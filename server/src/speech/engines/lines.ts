/**
 * Cuts a stream of bytes into lines of at most `maxBytes`; what is longer is dropped up to its end
 * and told as `null`. Never holds more than one line.
 */
export class LineSplitter {
  private readonly maxBytes: number;
  private readonly handle: (line: string | null) => void;
  private parts: Buffer[] = [];
  private held = 0;
  private isTooLong = false;

  constructor(maxBytes: number, handle: (line: string | null) => void) {
    this.maxBytes = maxBytes;
    this.handle = handle;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      this.keep(chunk.subarray(from, at));
      this.cut();
      from = at + 1;
    }
    this.keep(chunk.subarray(from));
  }

  /** The last line, where its end is missing. */
  end(): void {
    if (this.held > 0 || this.isTooLong) this.cut();
  }

  private keep(part: Buffer): void {
    if (this.isTooLong || part.byteLength === 0) return;
    if (this.held + part.byteLength > this.maxBytes) {
      this.isTooLong = true;
      this.parts = [];
      return;
    }
    this.parts.push(Buffer.from(part));
    this.held += part.byteLength;
  }

  private cut(): void {
    const line = this.isTooLong ? null : Buffer.concat(this.parts).toString('utf8');
    this.parts = [];
    this.held = 0;
    this.isTooLong = false;
    this.handle(line);
  }
}
