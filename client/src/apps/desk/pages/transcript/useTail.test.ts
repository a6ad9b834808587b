import { expect, test } from 'vitest';
import { nextTick, ref } from 'vue';
import { useTail } from './useTail.ts';

function tailOf(count: number) {
  const lines = ref(count);
  const isHeld = ref(false);
  let ends = 0;
  const tail = useTail({
    scroller: ref(null),
    count: lines,
    isLive: ref(true),
    isHeld,
    toEnd: () => (ends += 1),
  });
  async function comes(): Promise<number> {
    lines.value += 1;
    await nextTick();
    await nextTick();
    return ends;
  }
  return { tail, isHeld, comes };
}

test('the list follows what comes in', async () => {
  const { tail, comes } = tailOf(3);
  expect(await comes()).toBe(1);
  expect(tail.news.value).toBe(0);
});

test('it stays where somebody is at a line, and tells how much came since', async () => {
  const { tail, isHeld, comes } = tailOf(3);
  isHeld.value = true;
  expect([await comes(), await comes()]).toEqual([0, 0]);
  expect(tail.news.value).toBe(2);
  isHeld.value = false;
  expect(await comes()).toBe(0);
  await tail.follow();
  expect(tail.news.value).toBe(0);
  expect(await comes()).toBe(2);
});
