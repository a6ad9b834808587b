import { redactionMark } from '@nhip-cau/shared/model/transcript';
import { expect, it } from 'vitest';
import { caption } from './caption.fixture.ts';
import { FirstReading } from './first-reading.ts';

const texts = (captions: ReturnType<FirstReading['of']>) => captions.map(({ text }) => text);

it('a final line stays as it was first shown', () => {
  const first = new FirstReading();
  first.of([caption(1, 'đường liên thơn')]);
  const corrected = caption(1, 'đường liên thôn', { isCorrected: true });
  expect(texts(first.of([corrected, caption(2, 'mới')]))).toEqual(['đường liên thơn', 'mới']);
});

it('what is taken out of it is gone at once', () => {
  const first = new FirstReading();
  first.of([caption(1, 'nhà ông Bình có nợ')]);
  const redacted = caption(1, `nhà ${redactionMark} có nợ`);
  expect(texts(first.of([redacted]))).toEqual([redacted.text]);
});
