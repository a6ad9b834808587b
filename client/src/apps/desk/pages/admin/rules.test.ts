import { defaultRules } from '@nhip-cau/shared/model/session';
import { describe, expect, it } from 'vitest';
import { orderPresets, presetOf, rulesDraftOf, rulesFaultsOf, rulesOf } from './rules.ts';

describe('a dialogue’s rules', () => {
  it('begin as every dialogue begins, and go to the protocol and back unchanged', () => {
    expect(rulesOf(rulesDraftOf({}))).toEqual(defaultRules);
    const others = {
      ...defaultRules,
      order: orderPresets.first,
      districtSeconds: 930,
      hostSeconds: 90,
      timeUp: 'end',
      publicForm: true,
      returnReasons: ['Chưa rõ', 'Trùng; đã tiếp nhận'],
    } as const;
    const rules = { ...others, returnReasons: [...others.returnReasons] };
    expect(rulesOf(rulesDraftOf(rules))).toEqual(rules);
  });

  it('know their presets', () => {
    expect(presetOf(defaultRules.order)).toBe('fair');
    expect(presetOf({ ...orderPresets.first })).toBe('first');
    expect(presetOf({ ...defaultRules.order, support: 4 })).toBeNull();
  });

  it.each([
    [{ replySeconds: 9 }, { replySeconds: 'range' }],
    [{ warnSeconds: 0 }, {}],
    [{ warnSeconds: '' as never }, { warnSeconds: 'range' }],
    [{ hostMinutes: 0.4 }, { hostMinutes: 'range' }],
    [{ isDistrictLimited: false, districtMinutes: 0 }, {}],
    [{ isDistrictLimited: true, districtMinutes: 0 }, { districtMinutes: 'range' }],
    [{ staleMinutes: 1_441 }, { staleMinutes: 'range' }],
    [{ returnReasons: 'x\n'.repeat(41) }, { returnReasons: 'tooMany' }],
    [{ returnReasons: 'x'.repeat(1_001) }, { returnReasons: 'tooMany' }],
  ])('with %o are faulted as %o', (change, faults) => {
    expect(rulesFaultsOf({ ...rulesDraftOf({}), ...change })).toEqual(faults);
  });

  it('take one reason a line, and no empty ones', () => {
    const draft = { ...rulesDraftOf({}), returnReasons: ' Chưa rõ \n\nTrùng, đã nêu\n' };
    expect(rulesOf(draft).returnReasons).toEqual(['Chưa rõ', 'Trùng, đã nêu']);
  });
});
