import AxeBuilder from '@axe-core/playwright';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { bannerSays, forward, openCamera, sees, shown, wait, write } from './support/stage.ts';
import { beginning, vi } from './support/words.ts';

const question = 'Khi nào trạm y tế xã có bác sĩ trực đêm?';
const nextQuestion = 'Đề nghị lắp đèn đường cho thôn Đoài.';

let cast: Cast;
let moderator: Page;
let screen: Page;
let phone: Page;

beforeAll(async () => {
  cast = await gatherCast();
});
afterAll(async () => {
  await cast?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await cast.explain();
});

/** Finds nothing that keeps anybody from using the page as it stands (WCAG, by axe-core). */
async function isUsable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html}`)),
  ).toEqual([]);
}

describe('every page can be used by everybody', () => {
  it('at the doors', async () => {
    const door = await cast.open('/desk/sign-in', { who: 'somebody' });
    await shown(door.getByLabel(vi.people.signIn.username));
    await isUsable(door);
    await door.goto('/pair');
    await shown(door.getByLabel(vi.moderator.pair.code));
    await isUsable(door);
    await door.goto('/phone');
    await shown(door.getByLabel(vi.phone.code.label));
    await isUsable(door);
    await door.goto('/screen');
    await shown(door.getByText(vi.screen.unpaired.title));
    await isUsable(door);
  });

  it('in the office', async () => {
    const admin = await cast.staff(cast.product.admin.username, '/desk/admin/accounts');
    const pages = ['/desk/admin/sessions', '/desk/admin/dialogues', '/desk/admin/dialogues/new'];
    for (const path of ['/desk/', '/desk/admin/accounts', ...pages, cast.dialogue.page('setup')]) {
      await admin.goto(path);
      await admin.waitForLoadState('networkidle');
      await isUsable(admin);
    }
    await admin.goto(cast.dialogue.page('posters'));
    await shown(admin.getByRole('article', { name: cast.dialogue.halls[0]!.name }));
    await isUsable(admin);
  });

  it('in the halls while they wait', async () => {
    const { id, halls, staff } = cast.dialogue;
    await staff.secretary.command(id, 'dialogue.open', {});
    screen = await cast.paired(halls[1]!, 'screen');
    await shown(screen.getByRole('heading', { name: cast.dialogue.title }));
    await isUsable(screen);
    moderator = await cast.paired(halls[0]!, 'moderator');
    await openCamera(moderator);
    for (const text of [question, nextQuestion]) {
      await write(moderator, text);
      await shown(moderator.getByRole('article').filter({ hasText: text }));
    }
    await isUsable(moderator);
    const invited = await cast.open(`/j/${halls[1]!.joinCode}`, { who: 'somebody invited' });
    await shown(invited.getByRole('button', { name: vi.phone.join.go }));
    await isUsable(invited);
    phone = await cast.phone(halls[0]!, 'Nguyễn Thị Hoa');
    await shown(phone.getByLabel(vi.phone.ask.label));
    await isUsable(phone);
  });

  it('on air', async () => {
    const { id, halls, staff } = cast.dialogue;
    for (const text of [question, nextQuestion]) await forward(moderator, text);
    const forwarded = async () => {
      const all = await staff.secretary.board<DeskQuestionFact>(id, 'question');
      return all.filter(({ state }) => state === 'forwarded');
    };
    await expect.poll(forwarded, wait).toHaveLength(2);
    const [first, second] = (await forwarded()).map((one) => ({ questionId: one.id }));
    await staff.secretary.command(id, 'question.accept', first!);
    await staff.secretary.command(id, 'dialogue.start', {});
    await staff.secretary.command(id, 'floor.call', first!);
    await staff.secretary.command(id, 'question.accept', second!);
    await staff.secretary.command(id, 'floor.prepare', second!);
    await bannerSays(moderator, 'onAir');
    await isUsable(moderator);
    await sees(screen, halls[0]!);
    await isUsable(screen);
    const host = await cast.staff('host', cast.dialogue.page('host'));
    await sees(host, halls[0]!);
    await isUsable(host);
    const secretary = await cast.staff('secretary', cast.dialogue.page('queue'));
    const lane = secretary.getByRole('button', { name: beginning(vi.secretary.lane.onDeck) });
    await lane.first().click();
    await secretary.getByRole('option').filter({ hasText: nextQuestion }).click();
    const detail = secretary.getByRole('region', { name: vi.secretary.detail });
    await shown(detail.getByRole('heading', { name: halls[0]!.name }));
    await isUsable(secretary);
    for (const name of [vi.phone.tabs.hand, vi.phone.tabs.follow]) {
      await phone.getByRole('button', { name, exact: true }).click();
      await isUsable(phone);
    }
  });

  it('afterwards', async () => {
    await cast.dialogue.staff.secretary.command(cast.dialogue.id, 'dialogue.end', {});
    await shown(screen.getByText(vi.screen.ended.title));
    await isUsable(screen);
    const record = await cast.staff('secretary', cast.dialogue.page('record'));
    await shown(record.getByText(question));
    await isUsable(record);
  });

  it('and none complains or asks a third party for anything', () => {
    expect(cast.faults.found).toEqual([]);
    expect(cast.product.troubles()).toEqual([]);
  });
});
