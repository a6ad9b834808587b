import { expect, test } from 'vitest';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import { UploadSlots } from './upload-slots.ts';

test('uploads have a slot each, few of one sender, and give it back whatever became of them', async () => {
  const slots = new UploadSlots({ each: 2, all: 3 });
  const ends: (() => void)[] = [];
  const begin = (sender: string) =>
    slots.hold(sender, () => new Promise<void>((resolve) => ends.push(resolve)));
  const refusalOf = (upload: Promise<unknown>) =>
    upload.then(
      () => null,
      (error: unknown) => (error as Refusal).code,
    );
  const running = [begin('a'), begin('a')];
  expect(await refusalOf(begin('a'))).toBe('rate_limited');
  running.push(begin('b'));
  expect(await refusalOf(begin('c'))).toBe('unavailable');
  for (const end of ends) end();
  await Promise.all(running);
  const failed = slots.hold('a', () => Promise.reject(new Refusal('file_not_allowed')));
  expect(await refusalOf(failed)).toBe('file_not_allowed');
  expect(await slots.hold('a', () => Promise.resolve(1))).toBe(1);
});
