import type { DeskQuestionFact, StageFact } from '@nhip-cau/shared/protocol/facts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../../server/test/support/redis.ts';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import type { Hall } from './support/dialogue.ts';
import { openFront } from './support/front.ts';
import type { Front } from './support/front.ts';
import { startNode } from './support/product.ts';
import type { Node } from './support/product.ts';
import {
  bannerSays,
  forward,
  goesOnSending,
  hears,
  nothingArrives,
  openCamera,
  sees,
  shown,
  wait,
  write,
} from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { beginning, vi } from './support/words.ts';

const asked = 'Bao giờ xã có nước sạch?';
const written = 'Đề nghị mở thêm bến xe buýt.';

let redis: TestRedis;
let cast: Cast;
let other: Node;
let front: Front;
let here: Hall;
let there: Hall;
/** At the first node: the leader, a hall and its projector. */
let host: Page;
let moderatorHere: Page;
let screenHere: Page;
/** At the other one: a hall, and a phone in it. */
let moderatorThere: Page;
let phoneThere: Page;

beforeAll(async () => {
  redis = await startRedis();
  cast = await gatherCast({ REDIS_URL: redis.url });
  other = await startNode(cast.databaseUrl, { REDIS_URL: redis.url });
  front = await openFront([other.url, cast.product.url]);
  [here, there] = cast.dialogue.halls as [Hall, Hall];
});
afterAll(async () => {
  await front?.close();
  await other?.stop();
  await cast?.close();
  await redis?.kill();
});
oneStory(async () => {
  console.error(other.troubles().join('\n'));
  await cast.explain();
});

/** The leader's one button, which names the hall that comes next. */
async function press(action: 'call' | 'handOver', { name }: Hall): Promise<void> {
  const button = host.getByRole('button', { name: beginning(vi.host.floor[action]) });
  await button.filter({ hasText: name }).click();
}

describe('two nodes that carry one dialogue', () => {
  it('let halls in at both, and their questions into one queue', async () => {
    const { id, staff } = cast.dialogue;
    const { secretary } = staff;
    await secretary.command(id, 'dialogue.open', {});
    host = await cast.staff('host', cast.dialogue.page('host'));
    moderatorHere = await cast.paired(here, 'moderator');
    screenHere = await cast.paired(here, 'screen');
    const baseURL = front.url;
    moderatorThere = await cast.paired(there, 'moderator', { baseURL, stuckMicrophone: true });
    phoneThere = await cast.phone(there, 'Trần Văn Tám', { baseURL });
    for (const moderator of [moderatorHere, moderatorThere]) await openCamera(moderator);

    await phoneThere.getByLabel(vi.phone.ask.label).fill(asked);
    await phoneThere.getByRole('button', { name: vi.phone.ask.send }).click();
    await phoneThere.getByRole('button', { name: vi.phone.sent.follow }).click();
    await forward(moderatorThere, asked);
    await write(moderatorHere, written);
    await forward(moderatorHere, written);

    const questions = () => secretary.board<DeskQuestionFact>(id, 'question');
    const forwarded = async () =>
      (await questions()).filter(({ state }) => state === 'forwarded').length;
    await expect.poll(forwarded, wait).toBe(2);
    for (const { id: questionId } of await questions()) {
      await secretary.command(id, 'question.accept', { questionId });
    }
    await secretary.command(id, 'dialogue.start', {});
    // The phone's first.
    for (const text of [asked, written]) {
      const { id: questionId } = (await questions()).find(({ wording }) => wording === text)!;
      await secretary.command(id, 'floor.prepare', { questionId });
    }
  });

  it('bring a hall of the other node onto the stage', async () => {
    await press('call', there);
    await bannerSays(moderatorThere, 'onAir');
    await hears(screenHere, [1]);
    await Promise.all([screenHere, moderatorHere, host].map((page) => sees(page, there)));
    await shown(phoneThere.getByRole('article').getByText(vi.states.question.onAir));
  });

  it('hand the floor over: nothing more comes of the one that had it, whatever it sends', async () => {
    await moderatorThere.getByRole('button', { name: vi.moderator.stage.soundOn }).click();
    await press('handOver', here);
    await bannerSays(moderatorHere, 'onAir');
    await hears(moderatorThere, [0]);
    await sees(moderatorThere, here);
    await bannerSays(moderatorThere, 'standby');
    await hears(screenHere, []);
    // The hall that speaks now receives nothing of itself.
    await nothingArrives([screenHere], () => goesOnSending(moderatorThere, 100));
  });

  it('go on when one of them leaves: its people come back at the other, and see the stage', async () => {
    expect(await other.leave()).toBe(0);
    await hears(moderatorThere, [0]);
    await sees(moderatorThere, here);
    await sees(host, here);
    await bannerSays(moderatorThere, 'standby');
    await bannerSays(moderatorHere, 'onAir');
    await shown(phoneThere.getByRole('article').getByText(vi.states.question.heard));
    const { id, staff } = cast.dialogue;
    const [stage] = await staff.secretary.board<StageFact>(id, 'stage');
    expect(stage!.onAir).toMatchObject({ bridgePointId: here.id, state: 'onAir' });
  });

  it('made nothing complain', () => {
    expect(cast.faults.found).toEqual([]);
    expect(cast.product.troubles()).toEqual([]);
    expect(other.troubles()).toEqual([]);
  });
});
