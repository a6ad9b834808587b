import { statfs } from 'node:fs/promises';
import { SpoolError } from './spool-error.ts';

const freeBytesOf = async (dir: string): Promise<number> => {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
};

/** Whether a folder's disk has room for sound: others, the database first, need it too. */
export class DiskRoom {
  private readonly dir: string;
  private readonly floorBytes: number;
  private readonly freeBytes: (dir: string) => Promise<number>;
  private hasEnough = true;

  /** With fewer than `floorBytes` free there is none; `freeBytes`: what a plain user may write. */
  constructor(
    dir: string,
    floorBytes: number,
    freeBytes: (dir: string) => Promise<number> = freeBytesOf,
  ) {
    this.dir = dir;
    this.floorBytes = floorBytes;
    this.freeBytes = freeBytes;
  }

  /** As it was looked at last. */
  get isThere(): boolean {
    return this.hasEnough;
  }

  /** Rejects with `SpoolError` each time that it is used up. */
  async look(): Promise<void> {
    const hadEnough = this.hasEnough;
    this.hasEnough = (await this.freeBytes(this.dir)) >= this.floorBytes;
    if (hadEnough && !this.hasEnough) throw new SpoolError('full');
  }
}
