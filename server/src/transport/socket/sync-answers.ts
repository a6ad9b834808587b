import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Boards } from '../../dialogue/kernel/boards.ts';

/** Answers of one state of everybody's board; more than the places a crowd comes back from. */
const maxKept = 500;

/**
 * Writes the answers to `sync`. Everybody's part is the same for all who come from the same place,
 * and in a storm of reconnections thousands do: it is written once for them.
 */
export class SyncAnswers {
  private readonly shared = new WeakMap<Boards, { seq: number; byCursor: Map<number, string> }>();

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
    let kept = this.shared.get(boards);
    if (kept === undefined || kept.seq !== answer.seq || kept.byCursor.size >= maxKept) {
      kept = { seq: answer.seq, byCursor: new Map() };
      this.shared.set(boards, kept);
    }
    const place = cursor ?? -1;
    const json = kept.byCursor.get(place) ?? JSON.stringify(answer);
    kept.byCursor.set(place, json);
    return json;
  }
}
