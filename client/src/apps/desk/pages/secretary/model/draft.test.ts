import { describe, expect, it } from 'vitest';
import { changeOf, conflicts, drafted, rebased } from './draft.ts';

const question = { wording: 'Cũ', field: 'Đất đai', revision: 3 };
const typed = drafted(undefined, question, { wording: 'Của tôi' });
const theirs = { wording: 'Của người khác', field: 'Đất đai', revision: 4 };
const theirField = { wording: 'Cũ', field: null, revision: 4 };

it('keeps from where the typing began', () => {
  expect(drafted(typed, theirs, { field: null })).toEqual({
    wording: 'Của tôi',
    field: null,
    base: question,
  });
});

describe('what a draft changes', () => {
  it.each([
    ['the wording', typed, question, { wording: 'Của tôi' }],
    ['the field', drafted(undefined, question, { field: null }), question, { field: null }],
    ['nothing but spaces', drafted(undefined, question, { wording: ' Cũ ' }), question, null],
    ['nothing, emptied', drafted(undefined, question, { wording: ' ' }), question, null],
    ['nothing that is not so already', typed, { ...theirs, wording: 'Của tôi' }, null],
  ])('%s', (_case, draft, now, change) => {
    expect(changeOf(draft, now)).toEqual(change);
  });
});

describe('somebody else’s change', () => {
  it.each([
    ['none', typed, question, false],
    ['of the same wording', typed, theirs, true],
    ['to the same wording', typed, { ...theirs, wording: 'Của tôi' }, false],
    ['of something else', typed, theirField, false],
    ['of the same field', drafted(undefined, question, { field: 'Y tế' }), theirField, true],
  ])('%s', (_case, draft, now, conflict) => {
    expect(conflicts(draft, now)).toBe(conflict);
  });

  it('is taken over where the draft says nothing of it', () => {
    expect(rebased(typed, theirField)).toEqual({
      wording: 'Của tôi',
      field: null,
      base: theirField,
    });
  });
});
