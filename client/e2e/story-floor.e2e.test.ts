import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { StageFact } from '@nhip-cau/shared/protocol/facts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { bannerSays, openCamera, sees, shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { beginning, filled, vi } from './support/words.ts';

const asker = 'Bà Nguyễn Thị Mận';
const raiser = 'Phạm Thị Chín';
const brief = 'Giai đoạn 2 của hệ thống thu gom hoàn thành trong quý III.';
const agency = 'Sở Nông nghiệp và Môi trường';
const [lead, part] = [randomUUID(), randomUUID()];

let cast: Cast;
let moderator: Page;
let host: Page;
let secretary: Page;
let screen: Page;
let phone: Page;

beforeAll(async () => {
  cast = await gatherCast();
  const { id, halls, staff } = cast.dialogue;
  const [first, second] = halls;
  const question = { field: 'Môi trường', asker, nameVisibility: 'public' } as const;
  await staff.secretary.command(id, 'question.import', {
    questions: [
      {
        ...question,
        questionId: lead,
        bridgePointId: first!.id,
        text: 'Bao giờ xử lý nước rỉ rác?',
      },
      { ...question, questionId: part, bridgePointId: second!.id, text: 'Nước thải ra đồng.' },
    ],
  });
  await staff.secretary.command(id, 'dialogue.open', {});
  await staff.secretary.command(id, 'question.accept', { questionId: lead });
  await staff.secretary.command(id, 'question.merge', { questionId: part, intoQuestionId: lead });
  await staff.secretary.command(id, 'question.brief', {
    questionId: lead,
    brief: { agency, text: brief },
  });
  moderator = await cast.paired(first!, 'moderator');
  await openCamera(moderator);
  screen = await cast.paired(second!, 'screen', { viewport: { width: 1920, height: 1080 } });
  phone = await cast.phone(second!, raiser);
  host = await cast.staff('host', cast.dialogue.page('host'));
  secretary = await cast.staff('secretary', cast.dialogue.page('queue'));
});
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const onAir = async () => {
  const { id, staff } = cast.dialogue;
  return (await staff.secretary.board<StageFact>(id, 'stage'))[0]!.onAir!;
};

/** Fits the tablet without scrolling, and keeps nobody from using it (WCAG, by axe-core). */
async function isWhole(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  const hidden = await page.evaluate(
    () => document.documentElement.scrollHeight - window.innerHeight,
  );
  expect(hidden).toBeLessThanOrEqual(0);
}

describe('the floor', () => {
  it('is given to a question that many share, with the agency’s brief at hand', async () => {
    const { id, halls, staff } = cast.dialogue;
    await staff.secretary.command(id, 'dialogue.start', {});
    await staff.host.command(id, 'floor.call', { questionId: lead });
    await sees(host, halls[0]!);
    const shared = filled(vi.live.floor.peopleAcross, { people: '2', halls: '2' });
    await shown(host.getByText(shared));
    await shown(screen.getByText(shared));
    await button(host, filled(vi.host.brief, { agency })).click();
    await shown(host.getByText(brief));
    await host.keyboard.press('Escape');
    await isWhole(host);
  });

  it('warns, counts what is over, and gets more time that can be taken back', async () => {
    const { id, staff } = cast.dialogue;
    const { turnId, budgetMs } = await onAir();
    await staff.secretary.command(id, 'floor.extend', { turnId, seconds: 10 - budgetMs / 1_000 });
    for (const page of [host, secretary, screen, phone]) {
      await shown(page.locator('[data-phase="over"]'));
    }
    await isWhole(host);
    await button(host, vi.live.floor.extend).click();
    await shown(host.getByText(filled(vi.live.floor.extended, { minutes: '1' })));
    await expect.poll(async () => (await onAir()).budgetMs).toBe(70_000);
    await button(host, vi.live.undo).click();
    await expect.poll(async () => (await onAir()).budgetMs).toBe(10_000);
  });

  it('is interrupted and given back, and the hall cannot take it', async () => {
    await button(host, vi.live.floor.hold).click();
    await bannerSays(moderator, 'interrupted');
    for (const page of [screen, secretary]) await shown(page.getByText(vi.states.interrupted));
    await isWhole(host);
    await button(host, vi.host.resumeTurn).click();
    await bannerSays(moderator, 'onAir');
    await button(host, vi.host.endTurn).click();
    await bannerSays(moderator, 'standby');
  });

  it('goes to a raised hand, and only those who lead read whose it is', async () => {
    await button(phone, vi.phone.tabs.hand).click();
    await phone.getByRole('button', { name: vi.phone.hand.raise, exact: true }).first().click();
    await host.getByRole('button', { name: filled(vi.live.floor.hands, { count: '1' }) }).click();
    await button(host, filled(vi.live.floor.callHand, { name: raiser })).click();
    await shown(host.getByRole('heading', { name: raiser }));
    await shown(screen.getByText(vi.states.turnKind.hand));
    expect(await screen.getByText(raiser).count()).toBe(0);
    await isWhole(host);
  });

  it('goes back to the asker for a reply, and to the head table for its answer', async () => {
    const { id, halls, staff } = cast.dialogue;
    await staff.host.command(id, 'floor.end', { turnId: (await onAir()).turnId });
    const reply = host.getByRole('button', { name: beginning(vi.host.reply) });
    // A tap soon after another one is taken for its second half: the host taps again.
    const kind = async () => {
      if (await reply.isVisible()) await reply.click();
      const [stage] = await staff.secretary.board<StageFact>(id, 'stage');
      return stage?.onAir?.kind;
    };
    await expect.poll(kind, wait).toBe('reply');
    await sees(screen, halls[0]!);
    await bannerSays(moderator, 'onAir');
    await shown(screen.getByText(vi.states.turnKind.reply));
    await staff.host.command(id, 'floor.hostTurn', { questionId: lead });
    await bannerSays(moderator, 'standby');
    await shown(screen.getByText(vi.states.turnKind.host));
    await isWhole(host);
    expect(cast.faults.found).toEqual([]);
  });
});
