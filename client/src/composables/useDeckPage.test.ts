import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { effectScope, nextTick, shallowRef } from 'vue';
import type { EffectScope } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import { useDeckPage } from './useDeckPage.ts';
import type { ShownDeck } from './useDeckPage.ts';

const session = { principal: 'device:hall-1' as Principal, dialogueId: 'dialogue-1' };
const deckAt = (page: number): ShownDeck => ({
  kind: 'deck',
  deckId: 'plan',
  title: 'Kế hoạch',
  page,
  pages: 3,
});
const address = (page: number) =>
  `/api/dialogues/dialogue-1/decks/plan/pages/${page}?principal=device%3Ahall-1`;

let scope: EffectScope;
afterEach(() => scope.stop());

function open(load: (address: string) => Promise<unknown>) {
  const deck = shallowRef(deckAt(1));
  scope = effectScope();
  const shown = scope.run(() =>
    useDeckPage({ session, deck: () => deck.value, load, retryDelayMs: () => 0 }),
  )!;
  return { deck, shown };
}

describe('a page of a document on the stage', () => {
  it('is shown once it is there, and the next one fetched ahead', async () => {
    const asked: string[] = [];
    const { shown } = open((one) => Promise.resolve(asked.push(one)));
    expect(shown.value).toBeNull();
    await expect.poll(() => asked).toEqual([address(1), address(2)]);
    expect(shown.value).toBe(address(1));
  });

  it('has none after the last', async () => {
    const asked: string[] = [];
    const { deck, shown } = open((one) => Promise.resolve(asked.push(one)));
    await expect.poll(() => asked).toHaveLength(2);
    deck.value = deckAt(3);
    await expect.poll(() => shown.value).toBe(address(3));
    expect(asked).toEqual([address(1), address(2), address(3)]);
  });

  it('stays until the one that follows can be shown', async () => {
    const waiting: (() => void)[] = [];
    const { deck, shown } = open((one) =>
      one === address(3) ? new Promise<void>((done) => waiting.push(done)) : Promise.resolve(),
    );
    await expect.poll(() => shown.value).toBe(address(1));
    deck.value = deckAt(3);
    await nextTick();
    expect(shown.value).toBe(address(1));
    waiting[0]!();
    await expect.poll(() => shown.value).toBe(address(3));
  });

  it('is tried again when it could not be had', async () => {
    let tries = 0;
    const { shown } = open(() => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('the line is away')) : Promise.resolve();
    });
    await expect.poll(() => shown.value).toBe(address(1));
  });

  it('gives way at once to the page that was asked for meanwhile', async () => {
    const waiting: (() => void)[] = [];
    const { deck, shown } = open((one) =>
      one === address(1) ? new Promise<void>((done) => waiting.push(done)) : Promise.resolve(),
    );
    deck.value = deckAt(2);
    await expect.poll(() => shown.value).toBe(address(2));
    waiting[0]!();
    await nextTick();
    expect(shown.value).toBe(address(2));
  });
});
