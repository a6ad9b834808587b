import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BroadcastCaptions } from '@nhip-cau/shared/protocol/recording';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { captionOf } from '../../dialogue/transcript/project.ts';
import { toldSince } from '../../dialogue/transcript/window.ts';

export const captionsName = 'captions.json';

/**
 * What is told, in ms: a player that is as late as the playlist allows, and one that is held on for
 * a while, still finds the words to its picture.
 */
export const toldMs = 60_000;

export interface CaptionFileOptions {
  /** The broadcast's folder. */
  dir: string;
  onError: (error: unknown) => void;
  now?: () => number;
}

/** A broadcast's captions as a small file beside its picture, which any web server can give. */
export class CaptionFile {
  private readonly options: CaptionFileOptions;
  private text = textOf([]);
  /** Of which lines it is, each as it then stood. */
  private told = '';
  private written = '';
  private isOpen = false;
  private isFailing = false;
  private writing: Promise<void> | null = null;

  constructor(options: CaptionFileOptions) {
    this.options = options;
  }

  /** Call once its folder is there. */
  open(): void {
    this.isOpen = true;
    this.write();
  }

  /** Call after each commit. */
  handleState(state: DialogueState): void {
    const { now = Date.now } = this.options;
    const lines = toldSince(state, now() - toldMs).filter(({ isLate }) => !isLate);
    const told = lines.map(({ id, revision }) => `${id} ${revision}`).join('\n');
    // Commits are many, and few of them are of words.
    if (told === this.told) return;
    this.told = told;
    this.text = textOf(lines.map((line) => captionOf(line, state)));
    this.write();
  }

  /** Resolves when nothing is written there any more. Idempotent. */
  async close(): Promise<void> {
    this.isOpen = false;
    await this.writing;
  }

  private write(): void {
    if (!this.isOpen || this.writing || this.text === this.written) return;
    const { text } = this;
    const { dir, onError } = this.options;
    this.writing = place(join(dir, captionsName), text)
      .then(
        () => {
          this.written = text;
          this.isFailing = false;
        },
        (error: unknown) => {
          // A full disk is told of once, and tried again with the next words.
          if (!this.isFailing) onError(error);
          this.isFailing = true;
        },
      )
      .then(() => {
        this.writing = null;
        if (!this.isFailing) this.write();
      });
  }
}

const textOf = (captions: BroadcastCaptions['captions']): string =>
  JSON.stringify({ captions } satisfies BroadcastCaptions);

/** Whoever reads meanwhile reads the whole of it, or of the one before. */
async function place(path: string, text: string): Promise<void> {
  await writeFile(`${path}.next`, text);
  await rename(`${path}.next`, path);
}
