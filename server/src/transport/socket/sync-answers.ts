import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Boards } from '../../dialogue/kernel/boards.ts';

/** Answers of one state of everybody's board; more than the places a crowd comes back from. */
const maxKept = 500;
/** What they may take together, in bytes. */
const maxKeptBytes = 16 * 1_024 * 1_024;

/** Answers of one state of a board. */
interface Kept {
  seq: number;
  bytes: number;
  byPlace: Map<number | 'full', string>;
}

/**
 * Writes the answers to `sync`. Everybody's part is the same for all who come from the same place,
 * and in a storm of reconnections thousands do: it is written once for them.
 */
export class SyncAnswers {
  private readonly shared = new WeakMap<Boards, Kept>();

  /** The `SyncAnswer` as JSON, as the boards are now. */
  jsonOf(
    boards: Boards,
    audiences: readonly Audience[],
    cursors: Readonly<Record<string, number>>,
  ): string {
    const parts = audiences.map((audience) =>
      audience === 'everyone'
        ? this.sharedPart(boards, audience, cursors[audience])
        : JSON.stringify(boards.since(audience, cursors[audience])),
    );
    return `{"ok":true,"now":${Date.now()},"audiences":[${parts.join(',')}]}`;
  }

  private sharedPart(boards: Boards, audience: Audience, cursor: number | undefined): string {
    const answer = boards.since(audience, cursor);
    // Without a cursor or with one that is worth nothing, it is the same answer.
    const place = answer.full || cursor === undefined ? 'full' : cursor;
    let kept = this.shared.get(boards);
    const written = kept?.seq === answer.seq ? kept.byPlace.get(place) : undefined;
    if (written !== undefined) return written;
    const json = JSON.stringify(answer);
    // Two bytes a character, as everything is that has a Vietnamese word in it.
    const bytes = json.length * 2;
    if (
      kept?.seq !== answer.seq ||
      kept.byPlace.size >= maxKept ||
      kept.bytes + bytes > maxKeptBytes
    ) {
      kept = { seq: answer.seq, bytes: 0, byPlace: new Map() };
      this.shared.set(boards, kept);
    }
    kept.byPlace.set(place, json);
    kept.bytes += bytes;
    return json;
  }
}
