import { randomUUID } from 'node:crypto';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { NewPasswordBody } from '@nhip-cau/shared/protocol/http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { password } from './support/dialogue.ts';
import { networkOf } from './support/network.ts';
import type { Network } from './support/network.ts';
import { verifyLog } from './support/product.ts';
import { StaffClient } from './support/staff-client.ts';
import { shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { beginning, filled, vi } from './support/words.ts';

/* Two phones in each of three halls; the first of hall 1 and of hall 2 ask the same. */
const asked = [
  'Bao giờ xử lý nước rỉ rác chảy ra ruộng của các hộ dân?',
  'Khi nào đường liên thôn Đông được sửa chữa?',
  'Nước rỉ rác chảy ra ruộng của các hộ dân bao giờ được xử lý?',
  'Trạm y tế xã khi nào có bác sĩ trực?',
  'Trường tiểu học quá tải, bao giờ xây thêm phòng học?',
  'Đề nghị lắp đèn chiếu sáng ngõ 12.',
] as const;
const names = ['Nguyễn Thị Hoa', 'Lê Văn Bình', 'Phạm Thị Lụa', 'Đỗ Văn Sơn', 'Bùi Minh', 'Vũ Lan'];
const [landfill, road, sameLandfill, clinic, school, lights] = asked;
const reason = 'Đề nghị nêu rõ ngõ 12 của đường nào.';
const secondName = 'Lê Thu Hà';
/** What the second secretary reads of an entry that the first one has open. */
const openedByFirst = beginning(
  filled(vi.secretary.handling.since, { names: 'Trần Thị Thư' }).split(',')[0]!,
);

let cast: Cast;
let secretaries: Page[];
let moderators: Page[];
let phones: Page[];
const networks = new Map<Page, Network>();

beforeAll(async () => {
  cast = await gatherCast();
  const { id, admin, halls } = cast.dialogue;
  const accountId = randomUUID();
  const account = { accountId, username: 'thu-ky-2', displayName: secondName, isAdmin: false };
  const made = await admin.post<NewPasswordBody>('/api/accounts', account);
  await admin.command(id, 'member.assign', { accountId, role: 'secretary' });
  const second = new StaffClient(cast.product.url);
  await second.enter(account.username, made.password!, password);
  second.close();
  await cast.dialogue.staff.secretary.command(id, 'dialogue.open', {});

  const queue = cast.dialogue.page('queue');
  secretaries = [await cast.staff('secretary', queue), await cast.staff(account.username, queue)];
  moderators = [];
  phones = [];
  for (const hall of halls) moderators.push(await cast.paired(hall, 'moderator'));
  for (const [place, name] of names.entries()) {
    phones.push(await cast.phone(halls[Math.floor(place / 2)]!, name));
    await shown(phones[place]!.getByLabel(vi.phone.ask.label));
  }
  for (const page of [secretaries[0]!, moderators[1]!, phones[1]!, phones[4]!]) {
    networks.set(page, await networkOf(page));
  }
  for (const place of [1, 4]) await shown(phones[place]!.getByLabel(vi.phone.ask.label));
}, 240_000);
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

const atCity = () =>
  cast.dialogue.staff.secretary.board<DeskQuestionFact>(cast.dialogue.id, 'question');
const states = async () =>
  Object.fromEntries((await atCity()).map(({ original, state }) => [original, state]));
const becomes = (text: string, state: string) =>
  expect.poll(async () => (await states())[text], wait).toBe(state);
const cut = (page: Page) => networks.get(page)!.cut();
const mend = (page: Page) => networks.get(page)!.mend();

const card = (moderator: Page, text: string) =>
  moderator
    .locator('[data-question]')
    .filter({ has: moderator.locator('.original, .wording', { hasText: text }) })
    .first();

async function open(secretary: Page, lane: keyof typeof vi.secretary.lane, text: string) {
  const lanes = secretary.getByRole('navigation', { name: vi.secretary.lanes });
  await lanes.getByRole('button', { name: beginning(vi.secretary.lane[lane]) }).click();
  await secretary.getByRole('option').filter({ hasText: text }).click();
  await shown(secretary.getByRole('region', { name: vi.secretary.detail }).getByText(text));
}

/** Opens an entry that the other secretary was at for a moment, on the way to another one. */
async function openAlone(secretary: Page, lane: keyof typeof vi.secretary.lane, text: string) {
  await open(secretary, lane, text);
  await secretary.getByText(openedByFirst).waitFor({ state: 'hidden' });
}

async function follows(phone: Page, text: string, words: string): Promise<void> {
  await shown(phone.getByRole('article').filter({ hasText: text }).getByText(words));
}

describe('a queue that many hands work on over lines that drop', () => {
  it('six phones ask, two of them without a line, and nothing is lost or doubled', async () => {
    for (const place of [1, 4]) await cut(phones[place]!);
    for (const [place, phone] of phones.entries()) {
      await phone.getByLabel(vi.phone.ask.label).fill(asked[place]!);
      await phone.getByRole('button', { name: vi.phone.ask.send }).click();
    }
    await expect.poll(async () => (await atCity()).length, wait).toBe(4);
    for (const place of [1, 4]) {
      await shown(phones[place]!.getByRole('heading', { name: vi.phone.sent.waiting.title }));
      await mend(phones[place]!);
    }
    await expect.poll(async () => (await atCity()).length, wait).toBe(6);
    for (const [place, phone] of phones.entries()) {
      await phone.getByRole('button', { name: vi.phone.sent.follow }).click();
      await follows(phone, asked[place]!, vi.states.question.asked);
    }
  });

  it('three moderators forward, one of them without a line', async () => {
    await cut(moderators[1]!);
    await shown(moderators[1]!.getByText(vi.moderator.banner.offline.title));
    for (const [place, text] of asked.entries()) {
      const moderator = moderators[Math.floor(place / 2)]!;
      await card(moderator, text).focus();
      await moderator.keyboard.press('f');
    }
    for (const text of [landfill, road, school, lights]) await becomes(text, 'forwarded');
    expect(await states()).toMatchObject({ [sameLandfill]: 'asked', [clinic]: 'asked' });
    await mend(moderators[1]!);
    for (const text of [sameLandfill, clinic]) await becomes(text, 'forwarded');
  });

  it('a secretary is asked before acting on what the other one has open', async () => {
    const [first, second] = secretaries as [Page, Page];
    await open(first, 'incoming', landfill);
    await open(second, 'incoming', landfill);
    await shown(second.getByText(openedByFirst));
    await second.keyboard.press('a');
    const title = filled(vi.secretary.handling.title, { names: 'Trần Thị Thư' });
    await shown(second.getByRole('dialog', { name: title }));
    await second.keyboard.press('Escape');
    expect((await states())[landfill]).toBe('forwarded');
    await first.keyboard.press('a');
    await becomes(landfill, 'accepted');
  });

  it('the same question of another hall is merged, and its asker follows the common one', async () => {
    const [, second] = secretaries as [Page, Page];
    await open(second, 'incoming', sameLandfill);
    await second.keyboard.press('m');
    const dialog = second.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('nuoc ri rac');
    await shown(dialog.getByText(landfill));
    await second.keyboard.press('Enter');
    await becomes(sameLandfill, 'merged');
    const [lead] = (await atCity()).filter(({ original }) => original === landfill);
    expect(lead).toMatchObject({ supporters: 1, state: 'accepted' });
    await follows(phones[2]!, sameLandfill, vi.states.question.merged);
    await follows(phones[2]!, sameLandfill, landfill);
  });

  it('one secretary loses the line while the other goes on, and is current again', async () => {
    const [first, second] = secretaries as [Page, Page];
    await cut(first);
    await openAlone(second, 'incoming', road);
    for (const text of [road, clinic, school]) {
      await open(second, 'incoming', text);
      await second.keyboard.press('a');
      await becomes(text, 'accepted');
    }
    await open(second, 'incoming', lights);
    await second.keyboard.press('r');
    await second.getByRole('dialog').getByLabel(vi.secretary.return.reason).fill(reason);
    await second.keyboard.press('Control+Enter');
    await becomes(lights, 'returned');
    await follows(phones[5]!, lights, reason);
    await mend(first);
    await open(first, 'scheduled', school);
    await expect.poll(() => first.getByRole('listbox').getByRole('option').count(), wait).toBe(4);
  });

  it('a place has its reason, and a move its author, at every desk', async () => {
    const [first, second] = secretaries as [Page, Page];
    const rows = (page: Page) => page.getByRole('listbox').getByRole('option').allInnerTexts();
    await openAlone(second, 'scheduled', clinic);
    const why = filled(vi.secretary.why.district, { district: 'Sóc Sơn' });
    await shown(second.getByRole('option').filter({ hasText: clinic }).getByText(why));
    await second.keyboard.press('Alt+PageUp');
    const pinned = filled(vi.secretary.why.pinned, { by: secondName });
    await expect.poll(async () => (await rows(first))[0], wait).toContain(pinned);
    expect((await rows(first))[0]).toContain(clinic);
    await follows(phones[3]!, clinic, filled(vi.phone.question.place, { place: 1 }));
  });

  it('a return is taken back within ten seconds', async () => {
    const [, second] = secretaries as [Page, Page];
    await openAlone(second, 'scheduled', road);
    await second.keyboard.press('r');
    await second.getByRole('dialog').getByLabel(vi.secretary.return.reason).fill(reason);
    await second.keyboard.press('Control+Enter');
    await becomes(road, 'returned');
    // A dialog has the keyboard for itself until it has gone.
    await second.getByRole('dialog').waitFor({ state: 'detached' });
    const told = second.getByRole('status').locator('p').filter({ hasText: road });
    await shown(told.filter({ hasText: vi.secretary.done.returned }));
    await second.keyboard.press('u');
    await becomes(road, 'accepted');
    await follows(phones[1]!, road, vi.states.question.accepted);
  });

  it('leaves six questions, each once, in a log that holds', async () => {
    const all = await atCity();
    expect(all.map(({ original }) => original).sort()).toEqual([...asked].sort());
    const { code, output } = await verifyLog(cast.databaseUrl);
    expect(output).toContain('1 dialogues, 0 faults');
    expect(code).toBe(0);
    expect(cast.product.troubles()).toEqual([]);
  });
});
