import { mask } from '@nhip-cau/shared/model/mask';
import type { SpokenLine } from '@nhip-cau/shared/protocol/signals';

/** Unfinished words go out at most this often, in ms. */
const intervalMs = 200;

interface Spoken {
  lines: Map<string, SpokenLine>;
  toldAt: number;
  isNew: boolean;
}

/** What is being said in each dialogue and is not final: the latest, some times a second. */
export class SpokenWords {
  private readonly tell: (dialogueId: string, lines: SpokenLine[]) => void;
  private readonly dialogues = new Map<string, Spoken>();

  constructor(tell: (dialogueId: string, lines: SpokenLine[]) => void) {
    this.tell = tell;
  }

  /** Words of one run, as the engine gives them. */
  set(dialogueId: string, line: SpokenLine, now: number): void {
    const spoken = this.dialogues.get(dialogueId) ?? { lines: new Map(), toldAt: 0, isNew: false };
    this.dialogues.set(dialogueId, spoken);
    spoken.lines.set(line.runId, { ...line, text: mask(line.text) });
    spoken.isNew = true;
    this.pass(dialogueId, spoken, now);
  }

  /** Nothing of that run is unfinished any more. */
  clear(dialogueId: string, runId: string, now: number): void {
    const spoken = this.dialogues.get(dialogueId);
    if (!spoken?.lines.delete(runId)) return;
    spoken.isNew = true;
    this.pass(dialogueId, spoken, now);
  }

  /** Lets time pass. Call some times a second. */
  handleTime(now: number): void {
    for (const [dialogueId, spoken] of this.dialogues) this.pass(dialogueId, spoken, now);
  }

  private pass(dialogueId: string, spoken: Spoken, now: number): void {
    if (!spoken.isNew || now - spoken.toldAt < intervalMs) return;
    spoken.isNew = false;
    spoken.toldAt = now;
    this.tell(dialogueId, [...spoken.lines.values()]);
    if (spoken.lines.size === 0) this.dialogues.delete(dialogueId);
  }
}
