import { describe, expect, it } from 'vitest';
import type { Line } from './line.ts';
import { lineWith } from './line.fixture.ts';
import { inverseOf, stepOf } from './undo.ts';

const among =
  (...lines: Line[]) =>
  (id: string) =>
    lines.find((line) => line.id === id);
const read = { lineId: 'line-1', revision: 0 };
const before = among(lineWith());

describe('what is done to a line', () => {
  it('edited, gets its old words back while it has the new ones', () => {
    const back = inverseOf('transcript.edit', { ...read, text: 'Khi nào? ' }, before)!;
    expect(back(among(lineWith({ text: 'Khi nào?', revision: 1 })))).toEqual({
      name: 'transcript.edit',
      payload: { lineId: 'line-1', revision: 1, text: 'Bao giờ nạo vét kênh nội đồng?' },
    });
    expect(back(among(lineWith({ text: 'Của người khác', revision: 2 })))).toBeNull();
    expect(back(among(lineWith({ text: 'Khi nào?', isRemoved: true })))).toBeNull();
    expect(back(among())).toBeNull();
  });

  it('rid of words that were hidden, does not get them back for everybody to read', () => {
    const hidden = { id: 'r', start: 0, end: 3, reason: 'Đời tư' };
    const old = among(lineWith({ redactions: [hidden] }));
    const text = 'Khi nào?';
    const payloads = [
      inverseOf('transcript.edit', { ...read, text }, old)!,
      inverseOf('transcript.replace', { changes: [{ ...read, text }] }, old)!,
    ];
    for (const back of payloads) {
      expect(back(among(lineWith({ text, revision: 1 })))).toBeNull();
      expect(back(among(lineWith({ text, revision: 1, redactions: [hidden] })))).not.toBeNull();
    }
  });

  it('given to another, comes back to whose it was', () => {
    const payload = { ...read, speaker: { kind: 'host' as const }, speakerName: 'Ông A' };
    const back = inverseOf('transcript.attribute', payload, before)!;
    expect(back(among(lineWith({ turnId: null, revision: 1 })))?.payload).toEqual({
      lineId: 'line-1',
      revision: 1,
      speaker: { kind: 'turn', turnId: 'turn-1' },
      speakerName: null,
    });
    expect(back(among(lineWith({ turnId: 'turn-2' })))).toBeNull();
  });

  it('split, is merged again', () => {
    const back = inverseOf('transcript.split', { ...read, newLineId: 'line-2', at: 8 }, before)!;
    const halves = [lineWith({ revision: 1 }), lineWith({ id: 'line-2', revision: 4 })] as const;
    expect(back(among(...halves))?.payload).toEqual({
      lineId: 'line-1',
      revision: 1,
      nextLineId: 'line-2',
      nextRevision: 4,
    });
    expect(back(among(halves[0]))).toBeNull();
  });

  it('merged, is split where the second began', () => {
    const two = among(lineWith({ text: 'Một' }), lineWith({ id: 'line-2', text: 'hai' }));
    const payload = { ...read, nextLineId: 'line-2', nextRevision: 0 };
    const back = inverseOf('transcript.merge', payload, two)!;
    const merged = lineWith({ text: 'Một hai', revision: 1 });
    expect(back(among(merged))).toMatchObject({ name: 'transcript.split', payload: { at: 4 } });
    expect(back(among({ ...merged, text: 'Một và ba' }))).toBeNull();
  });

  it('removed and restored, is the other', () => {
    const removed = among(lineWith({ isRemoved: true, revision: 1 }));
    expect(inverseOf('transcript.remove', read, before)!(removed)?.name).toBe('transcript.restore');
    expect(inverseOf('transcript.restore', read, removed)!(before)?.name).toBe('transcript.remove');
    expect(inverseOf('transcript.remove', read, before)!(before)).toBeNull();
  });

  it('redacted, is shown again, and the other way round', () => {
    const redaction = { id: 'r', start: 0, end: 7, reason: 'Đời tư' };
    const hidden = among(lineWith({ redactions: [redaction], revision: 1 }));
    const { id: redactionId, ...span } = redaction;
    const show = inverseOf('transcript.redact', { ...read, redactionId, ...span }, before)!;
    expect(show(hidden)).toMatchObject({ name: 'transcript.unredact', payload: { redactionId } });
    expect(show(before)).toBeNull();
    const hide = inverseOf('transcript.unredact', { ...read, redactionId }, hidden)!;
    expect(hide(before)).toMatchObject({ name: 'transcript.redact', payload: span });
    expect(hide(among(lineWith({ text: 'Khác' })))).toBeNull();
  });
});

it('takes a replacement back as a whole, or not at all', () => {
  const two = among(lineWith({ text: 'ba vi' }), lineWith({ id: 'line-2', text: 'xã ba vi' }));
  const changes = [
    { ...read, text: 'Ba Vì' },
    { lineId: 'line-2', revision: 0, text: 'xã Ba Vì' },
  ];
  const back = inverseOf('transcript.replace', { changes }, two)!;
  const [one, other] = [lineWith({ text: 'Ba Vì' }), lineWith({ id: 'line-2', text: 'xã Ba Vì' })];
  expect(back(among(one, other))?.payload).toEqual({
    changes: [
      { lineId: 'line-1', revision: 0, text: 'ba vi' },
      { lineId: 'line-2', revision: 0, text: 'xã ba vi' },
    ],
  });
  expect(back(among(one, { ...other, text: 'xã Ba Trại' }))).toBeNull();
});

it('remembers which line a merge took in', () => {
  const two = among(lineWith({ text: 'Một' }), lineWith({ id: 'line-2', text: 'hai' }));
  const merge = { ...read, nextLineId: 'line-2', nextRevision: 0 };
  expect(stepOf('transcript.merge', merge, two)?.takenIn).toBe('line-2');
  expect(stepOf('transcript.remove', read, two)?.takenIn).toBeNull();
});

it('knows nothing that takes a certification back', () => {
  expect(inverseOf('transcript.finish', {}, before)).toBeNull();
  expect(stepOf('transcript.finish', {}, before)).toBeNull();
});
