import type { TurnKind } from '@nhip-cau/shared/model/floor';
import type { Span } from '@nhip-cau/shared/model/recording';
import type { EntryType, LogEntry } from '../kernel/entries.ts';

/** Entries that say what the programme shows. */
export const editTypes = [
  'dialogue.created',
  'dialogue.started',
  'dialogue.paused',
  'dialogue.resumed',
  'dialogue.ended',
  'bridgePoints.imported',
  'bridgePoint.updated',
  'question.asked',
  'question.edited',
  'questions.imported',
  'turn.prepared',
  'turn.opened',
  'turn.called',
  'turn.held',
  'turn.resumed',
  'turn.ended',
] as const satisfies readonly EntryType[];

export type EditEntry = LogEntry<(typeof editTypes)[number]>;

/** What was to be seen and heard from `startAt` to `endAt` (epoch ms). */
export interface Scene extends Span {
  /** The hall whose turn it was; `null`: the head table alone. */
  speakerId: string | null;
  /** The turn was kept with its microphone closed. */
  isHeld: boolean;
}

export interface Chapter {
  startAt: number;
  endAt: number;
  turnId: string | null;
  kind: TurnKind | null;
  bridgePointId: string;
  hall: string;
  /** In the wording that was read out; `null`: no question. */
  question: string | null;
}

/** The programme as the log tells it. Both lists are in order and without holes in between. */
export interface EditList {
  centralId: string;
  scenes: Scene[];
  chapters: Chapter[];
  /** Names of the halls, for their cards. */
  halls: ReadonlyMap<string, string>;
}

interface Turn {
  kind: TurnKind;
  bridgePointId: string;
  questionId: string | null;
}

/**
 * Makes a log into the list by which the programme is cut: what was live, who spoke, and a chapter
 * each turn and each time of the head table between them. `now` ends what still runs. Pauses are
 * left out. `null` while the dialogue has not started.
 */
export function editListOf(entries: readonly EditEntry[], now: number): EditList | null {
  const editor = new Editor();
  for (const entry of entries) editor.read(entry);
  return editor.finish(now);
}

class Editor {
  private centralId = '';
  private readonly halls = new Map<string, string>();
  private readonly wordings = new Map<string, { text: string; hall: string }>();
  private readonly turns = new Map<string, Turn>();
  private readonly scenes: Scene[] = [];
  private readonly chapters: Chapter[] = [];
  private liveSince: number | null = null;
  private turnId: string | null = null;
  private isHeld = false;

  read(entry: EditEntry): void {
    const { at } = entry;
    switch (entry.type) {
      case 'dialogue.created': {
        const { id, name } = entry.payload.centralBridgePoint;
        this.centralId = id;
        this.halls.set(id, name);
        return;
      }
      case 'bridgePoints.imported':
        for (const { id, name } of entry.payload.added) this.halls.set(id, name);
        for (const { bridgePointId, name } of entry.payload.updated) {
          if (name !== undefined) this.halls.set(bridgePointId, name);
        }
        return;
      case 'bridgePoint.updated':
        if (entry.payload.name !== undefined) {
          this.halls.set(entry.payload.bridgePointId, entry.payload.name);
        }
        return;
      case 'question.asked': {
        const { questionId, text, bridgePointId } = entry.payload;
        this.wordings.set(questionId, { text, hall: bridgePointId });
        return;
      }
      case 'questions.imported':
        for (const { questionId, text, bridgePointId } of entry.payload.questions) {
          this.wordings.set(questionId, { text, hall: bridgePointId });
        }
        return;
      case 'question.edited': {
        const known = this.wordings.get(entry.payload.questionId);
        if (known && entry.payload.wording !== undefined) known.text = entry.payload.wording;
        return;
      }
      case 'turn.prepared': {
        const { turnId, questionId } = entry.payload;
        const bridgePointId = this.wordings.get(questionId)?.hall ?? this.centralId;
        this.turns.set(turnId, { kind: 'question', bridgePointId, questionId });
        return;
      }
      case 'turn.opened': {
        const { turnId, kind, bridgePointId, questionId } = entry.payload;
        this.turns.set(turnId, { kind, bridgePointId, questionId });
        return;
      }
      case 'dialogue.started':
      case 'dialogue.resumed':
        this.liveSince = at;
        return;
      case 'dialogue.paused':
      case 'dialogue.ended':
        this.cut(at);
        this.liveSince = null;
        return;
      case 'turn.called':
        this.change(at, entry.payload.turnId, false);
        return;
      case 'turn.held':
        this.change(at, entry.payload.turnId, true);
        return;
      case 'turn.resumed':
        this.change(at, entry.payload.turnId, false);
        return;
      case 'turn.ended':
        if (this.turnId === entry.payload.turnId) this.change(at, null, false);
    }
  }

  finish(now: number): EditList | null {
    this.cut(now);
    const { centralId, scenes, chapters, halls } = this;
    return scenes.length === 0 ? null : { centralId, scenes, chapters, halls };
  }

  private change(at: number, turnId: string | null, isHeld: boolean): void {
    this.cut(at);
    this.turnId = turnId;
    this.isHeld = isHeld;
  }

  /** Ends what has been shown up to `at`. */
  private cut(at: number): void {
    const startAt = this.liveSince;
    if (startAt === null || at <= startAt) return;
    this.liveSince = at;
    const turn = this.turnId === null ? undefined : this.turns.get(this.turnId);
    // The head table's own turn shows the head table alone.
    const isElsewhere = turn !== undefined && turn.bridgePointId !== this.centralId;
    const speakerId = isElsewhere ? turn.bridgePointId : null;
    const isHeld = isElsewhere && this.isHeld;
    this.scenes.push({ startAt, endAt: at, speakerId, isHeld });
    this.addChapter(startAt, at, turn);
  }

  private addChapter(startAt: number, endAt: number, turn: Turn | undefined): void {
    const turnId = turn ? this.turnId : null;
    const last = this.chapters.at(-1);
    // Held and resumed, it is still one turn.
    if (last && last.turnId === turnId && last.endAt === startAt) {
      last.endAt = endAt;
      return;
    }
    const bridgePointId = turn?.bridgePointId ?? this.centralId;
    const questionId = turn?.questionId ?? null;
    this.chapters.push({
      startAt,
      endAt,
      turnId,
      kind: turn?.kind ?? null,
      bridgePointId,
      hall: this.halls.get(bridgePointId) ?? '',
      question: questionId === null ? null : (this.wordings.get(questionId)?.text ?? null),
    });
  }
}

/** The list without what was before `from` and after `until` (epoch ms): nothing was recorded there. */
export function trimmed(list: EditList, from: number, until: number): EditList {
  const trim = <Part extends { startAt: number; endAt: number }>(parts: readonly Part[]) =>
    parts
      .filter(({ startAt, endAt }) => endAt > from && startAt < until)
      .map((part) => ({
        ...part,
        startAt: Math.max(part.startAt, from),
        endAt: Math.min(part.endAt, until),
      }));
  return { ...list, scenes: trim(list.scenes), chapters: trim(list.chapters) };
}
