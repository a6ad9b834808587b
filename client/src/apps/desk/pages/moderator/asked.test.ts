import { describe, expect, it } from 'vitest';
import { askPayload, emptyAsked, isComplete } from './asked.ts';

const slip = { ...emptyAsked(), text: ' Sửa đường thôn Đông ', name: ' Lê Thị Hoa ' };

describe('a question typed for somebody', () => {
  it('is sent trimmed, with its channel', () => {
    expect(askPayload({ ...slip, field: 'Y tế', urgent: true }, 'slip', 'optional')).toEqual({
      text: 'Sửa đường thôn Đông',
      field: 'Y tế',
      nameVisibility: 'hall',
      onBehalfOf: { name: 'Lê Thị Hoa' },
      channel: 'slip',
      urgency: 'urgent',
    });
  });

  it.each([
    ['where no names are kept', slip, 'none'],
    ['where none was given', { ...slip, name: ' ' }, 'optional'],
  ] as const)('has no name %s', (_, asked, policy) => {
    expect(askPayload(asked, 'box', policy)).toMatchObject({
      nameVisibility: 'none',
      onBehalfOf: { name: null },
      field: null,
      urgency: 'normal',
    });
  });

  it.each([
    [slip, 'required', true],
    [{ ...slip, name: '' }, 'required', false],
    [{ ...slip, name: '' }, 'optional', true],
    [{ ...slip, text: ' \n' }, 'optional', false],
  ] as const)('%o under %s: complete %s', (asked, policy, expected) => {
    expect(isComplete(asked, policy)).toBe(expected);
  });
});
