import { type HandleParts, RecogniserHandle } from './recogniser-handle.ts';

/** Processes with different hot words, each with the model in its memory. */
const mostProcesses = 2;

interface Entry {
  hotWords: string;
  handle: RecogniserHandle;
  users: number;
}

/**
 * The processes of one model. A streaming model is told its hot words when it is loaded, so that
 * dialogues with different glossaries have processes of their own, as far as there is memory.
 */
export class Recognisers {
  private readonly parts: Omit<HandleParts, 'hotWords'>;
  private entries: Entry[] = [];

  constructor(parts: Omit<HandleParts, 'hotWords'>) {
    this.parts = parts;
  }

  /** A loaded process for these words; `release` when it is not used any more, once. */
  async take(hotWords: readonly string[]): Promise<{ handle: RecogniserHandle; release(): void }> {
    const entry = this.choose(JSON.stringify(hotWords), hotWords);
    entry.users += 1;
    const release = () => void (entry.users -= 1);
    try {
      await entry.handle.ready;
    } catch (error) {
      release();
      throw error;
    }
    return { handle: entry.handle, release };
  }

  close(): void {
    for (const { handle } of this.entries) handle.kill();
    this.entries = [];
  }

  private choose(key: string, hotWords: readonly string[]): Entry {
    this.entries = this.entries.filter(({ handle }) => !handle.isGone);
    const same = this.entries.find((entry) => entry.hotWords === key);
    if (same) return same;
    if (this.entries.length >= mostProcesses) {
      const idle = this.entries.find(({ users }) => users === 0);
      if (!idle) return this.shareWith(this.entries[0]!);
      idle.handle.kill();
      this.entries = this.entries.filter((entry) => entry !== idle);
    }
    const handle = new RecogniserHandle({ ...this.parts, hotWords });
    const entry = { hotWords: key, handle, users: 0 };
    this.entries.push(entry);
    return entry;
  }

  /** To be heard without one's own glossary is better than not to be heard. */
  private shareWith(entry: Entry): Entry {
    this.parts.log.warn(
      { model: this.parts.model.name },
      "too many glossaries at once: a session is heard with another dialogue's",
    );
    return entry;
  }
}
