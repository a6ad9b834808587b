import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, faultsOf, settingsOf } from './settings.ts';

const whole = {
  ...emptyDraft(Date.UTC(2026, 10, 20)),
  title: ' Đối thoại với phụ nữ ',
  organiser: 'UBND Thành phố',
};

describe('a dialogue’s settings', () => {
  it('begin with what can be guessed and ask for the rest', () => {
    expect(faultsOf(emptyDraft(0))).toEqual({ title: 'missing', organiser: 'missing' });
    expect(faultsOf(whole)).toEqual({});
  });

  it.each([
    [{ title: 'x'.repeat(301) }, { title: 'tooLong' }],
    [{ startsAt: '' }, { startsAt: 'noTime' }],
    [{ fields: [] }, { fields: 'noField' }],
    [{ turnMinutes: 0, turnSeconds: 10 }, { turnMinutes: 'turnRange' }],
    [{ turnMinutes: 61 }, { turnMinutes: 'turnRange' }],
  ])('with %o are faulted as %o', (change, faults) => {
    expect(faultsOf({ ...whole, ...change })).toEqual(faults);
  });

  it('go to the protocol and back unchanged', () => {
    const settings = settingsOf(whole);
    expect(settings).toMatchObject({ title: 'Đối thoại với phụ nữ', turnSeconds: 180 });
    expect(settingsOf(draftOf(settings))).toEqual(settings);
  });
});
