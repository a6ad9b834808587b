import type { BriefingQuestion } from '@nhip-cau/shared/protocol/briefing';
import { describe, expect, it } from 'vitest';
import { sectionsOf } from './sections.ts';

const question = (id: string, given: Partial<BriefingQuestion>): BriefingQuestion => ({
  id,
  place: null,
  reason: null,
  state: 'accepted',
  wording: id,
  field: null,
  urgency: 'normal',
  asker: null,
  halls: [{ name: 'Điểm cầu', district: 'Quận' }],
  people: 1,
  brief: null,
  ...given,
});

describe('the sections of a briefing', () => {
  it('are the turn, the plan, the rest by field, and what was not accepted', () => {
    const sections = sectionsOf([
      question('on air', { state: 'onAir' }),
      question('first', { place: 1, field: 'Y tế' }),
      question('second', { place: 2 }),
      question('behind, health', { field: 'Y tế' }),
      question('behind, land', { field: 'Đất đai' }),
      question('behind, health too', { field: 'Y tế' }),
      question('new', { state: 'forwarded', field: 'Y tế' }),
    ]);
    expect(sections.map(({ kind, field, questions }) => [kind, field, questions.length])).toEqual([
      ['now', null, 1],
      ['planned', null, 2],
      ['field', 'Y tế', 2],
      ['field', 'Đất đai', 1],
      ['incoming', null, 1],
    ]);
  });

  it('leave out what is empty', () => {
    expect(sectionsOf([])).toEqual([]);
  });
});
