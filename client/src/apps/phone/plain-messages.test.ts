import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import en from './messages.en.ts';
import vi from './messages.vi.ts';
import { compilePlain } from './plain-messages.ts';

function texts(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : texts(value as object),
  );
}

describe('the words of the phone', () => {
  it.each([
    ['vi', vi],
    ['en', en],
  ])('%s need no more than names in braces', (_, messages) => {
    // Plurals, links and literals of vue-i18n's message syntax.
    expect(texts(messages).filter((text) => /[|]|@[.:]|\{'|\{\W/.test(text))).toEqual([]);
  });

  it('are filled in', () => {
    const i18n = createI18n({
      legacy: false,
      locale: 'vi',
      messages: { vi: { place: 'Thứ {place} trong {of}', plain: 'Gửi' } },
      messageCompiler: compilePlain,
    });
    const { t } = i18n.global;
    expect([t('place', { place: 3, of: 'hàng' }), t('plain')]).toEqual(['Thứ 3 trong hàng', 'Gửi']);
  });
});
