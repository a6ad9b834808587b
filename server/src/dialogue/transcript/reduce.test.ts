import { describe, expect, test } from 'vitest';
import type { EntryPayloads, LogEntry } from '../kernel/entries.ts';
import { applyEntry } from '../kernel/features.ts';
import { type BridgePoint, DialogueState } from '../kernel/state.ts';
import { lineSpeaker } from './speaker.ts';

const centralBridgePoint = { id: 'central', name: 'Thành phố', code: 'central' } as BridgePoint;
const hall = { id: 'hall', name: 'Ba Vì', code: 'hall' } as BridgePoint;

/** Folds entries as older programs wrote them: today's types do not know their shapes. */
class OldLog {
  readonly state = new DialogueState('d');

  add<T extends keyof EntryPayloads>(type: T, at: number, payload: object): this {
    applyEntry(this.state, {
      dialogueId: 'd',
      seq: this.state.seq + 1,
      at,
      actor: { kind: 'system', role: 'system', id: null, name: null },
      commandId: 'c',
      type,
      payload,
      prevHash: '',
      hash: '',
    } as unknown as LogEntry);
    return this;
  }
}

describe('a log from before lines had more than a text and a turn', () => {
  const { state } = new OldLog()
    .add('dialogue.created', 0, { settings: {}, centralBridgePoint })
    .add('bridgePoints.imported', 0, { added: [hall], updated: [] })
    .add('dialogue.opened', 1, {})
    .add('dialogue.started', 1_000, {})
    .add('question.asked', 1_000, { questionId: 'q', bridgePointId: 'hall', text: 'Bao giờ?' })
    .add('question.forwarded', 1_000, { questionId: 'q' })
    .add('question.accepted', 1_000, { questionId: 'q', rank: 1 })
    .add('turn.prepared', 1_000, { turnId: 't', questionId: 'q', budgetMs: 1 })
    .add('transcript.added', 2_000, { lineId: 'before', text: 'Mời bà con', turnId: null })
    .add('turn.called', 3_000, { turnId: 't' })
    .add('transcript.added', 4_000, { lineId: 'asked', text: 'Tôi hỏi', turnId: 't' })
    .add('turn.ended', 5_000, { turnId: 't' })
    .add('transcript.added', 6_000, { lineId: 'answered', text: 'Xin trả lời', turnId: null });

  test.each([
    ['before', null, 'central', 'host', 1_000],
    ['asked', 'q', 'hall', 'turn', 3_000],
    ['answered', 'q', 'central', 'host', 5_000],
  ])('folds: line %s', (id, questionId, bridgePointId, kind, offsetMs) => {
    const line = state.linesById.get(id)!;
    expect(line).toMatchObject({
      questionId,
      bridgePointId,
      offsetMs,
      track: 'vi',
      source: 'typed',
      revision: 0,
      redactions: [],
      words: null,
      isLate: false,
    });
    expect(lineSpeaker(state, line, 'public').kind).toBe(kind);
  });

  test('is a draft of its first version', () => {
    expect(state.transcript).toMatchObject({ state: 'draft', version: 1, certifications: [] });
    expect(state.trails.get('q')).not.toContain(state.lineTrails.get('asked')![0]);
  });
});
