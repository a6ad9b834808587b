import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import type { Hall } from './support/dialogue.ts';
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
import { filled, vi } from './support/words.ts';

/** How long a hall on air may be away before its turn is held, ms; and the most on a busy machine. */
const graceMs = 5_000;
const latestMs = 12_000;
const question = 'Bao giờ tuyến xe buýt về tới xã?';

let cast: Cast;
let hall: Hall;
let moderator: Page;
let screen: Page;
let host: Page;

beforeAll(async () => {
  cast = await gatherCast();
  const { id, halls, staff } = cast.dialogue;
  hall = halls[0]!;
  await staff.secretary.command(id, 'dialogue.open', {});
  host = await cast.staff('host', cast.dialogue.page('host'));
  screen = await cast.paired(halls[1]!, 'screen');
  moderator = await cast.paired(hall, 'moderator', { stuckMicrophone: true });
  await openCamera(moderator);
  await write(moderator, question);
  await forward(moderator, question);
});
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

describe('a hall on air whose line is lost', () => {
  it('is seen and heard until then', async () => {
    const { id, staff } = cast.dialogue;
    const forwarded = () => staff.secretary.board<DeskQuestionFact>(id, 'question');
    await expect.poll(forwarded, wait).toMatchObject([{ state: 'forwarded', wording: question }]);
    const [{ id: questionId }] = (await forwarded()) as [DeskQuestionFact];
    await staff.secretary.command(id, 'question.accept', { questionId });
    await staff.secretary.command(id, 'dialogue.start', {});
    await staff.secretary.command(id, 'floor.call', { questionId });
    await bannerSays(moderator, 'onAir');
    await hears(screen, [0]);
    await sees(screen, hall);
    await sees(host, hall);
  });

  it('keeps its turn, held after the grace, and the host is told', async () => {
    await moderator.close();
    const lostAt = Date.now();
    await shown(host.getByText(filled(vi.host.held.linkLost, { hall: hall.name })));
    const heldAfterMs = Date.now() - lostAt;
    expect(heldAfterMs).toBeGreaterThan(graceMs - 500);
    expect(heldAfterMs).toBeLessThan(latestMs);
    await shown(screen.getByText(vi.states.tally.held));
    await hears(screen, []);
  });

  it('comes back with its microphone closed, whatever it sends', async () => {
    moderator = await moderator.context().newPage();
    await moderator.goto(`/desk/hall/${hall.id}`);
    await moderator.getByRole('button', { name: vi.moderator.camera.start, exact: true }).click();
    await bannerSays(moderator, 'held');
    await nothingArrives([host, screen], () => goesOnSending(moderator, 100));
    await hears(screen, []);
  });

  it('is heard again when a person resumes its turn', async () => {
    await host.getByRole('button', { name: vi.host.resumeTurn }).click();
    await bannerSays(moderator, 'onAir');
    await hears(screen, [0]);
    await sees(screen, hall);
    await sees(host, hall);
  });

  it('made nothing complain', () => {
    expect(cast.faults.found).toEqual([]);
    expect(cast.product.troubles()).toEqual([]);
  });
});
