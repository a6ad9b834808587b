import AxeBuilder from '@axe-core/playwright';
import type { AttendanceBody } from '@nhip-cau/shared/protocol/attendance-report';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import type { Hall } from './support/dialogue.ts';
import { shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { filled, vi } from './support/words.ts';

const road = 'Đường thôn Đông cứ mưa là ngập, bao giờ sửa?';
const sameRoad = 'Bao giờ sửa đường thôn Đông bị ngập khi mưa?';
const light = 'Đề nghị lắp đèn đường cho thôn Đoài.';
const clinic = 'Khi nào trạm y tế xã có bác sĩ trực đêm?';
const better = 'Đề nghị Thành phố cho biết khi nào trạm y tế xã có bác sĩ trực đêm.';
const words = vi.moderator;

let cast: Cast;
let hall: Hall;
let page: Page;
/** The line between the hall and the city; what is open on it, to be cut. */
const line = { isCut: false, sockets: new Set<WebSocketRoute>() };

beforeAll(async () => {
  cast = await gatherCast();
  hall = cast.dialogue.halls[0]!;
  await cast.dialogue.staff.secretary.command(cast.dialogue.id, 'dialogue.open', {});
  page = await cast.paired(hall, 'moderator');
  const context = page.context();
  await context.routeWebSocket(/.*/, (socket) => {
    if (line.isCut) return void socket.close();
    line.sockets.add(socket);
    socket.connectToServer();
  });
  await context.route('**/api/me', (route) =>
    line.isCut ? route.abort('internetdisconnected') : route.continue(),
  );
  await page.reload();
  await shown(page.getByRole('heading', { name: hall.name }));
});
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

async function cut(): Promise<void> {
  line.isCut = true;
  await Promise.all([...line.sockets].map((socket) => socket.close()));
  line.sockets.clear();
  await shown(page.getByText(words.banner.offline.title));
}

async function mend(): Promise<void> {
  line.isCut = false;
  await page.getByText(words.banner.offline.title).waitFor({ state: 'hidden' });
}

const atCity = () =>
  cast.dialogue.staff.secretary.board<DeskQuestionFact>(cast.dialogue.id, 'question');
const asWritten = async (text: string) =>
  (await atCity()).filter(({ original }) => original === text);
const stateOf = async (text: string) => (await asWritten(text))[0]?.state;
const becomes = (text: string, state: string) => expect.poll(() => stateOf(text), wait).toBe(state);
const card = (text: string) =>
  page
    .locator('[data-question]')
    .filter({ has: page.locator('.original, .wording', { hasText: text }) });

async function slips(...texts: string[]): Promise<void> {
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  for (const text of texts) {
    await expect.poll(() => dialog.getByRole('textbox').first().inputValue()).toBe('');
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
  }
  await shown(dialog.getByText(filled(words.slip.entered, { count: texts.length })));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Gives the question the focus and presses a key on it. */
async function press(text: string, key: string): Promise<void> {
  await card(text).first().focus();
  await page.keyboard.press(key);
}

async function isUsable(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
}

describe('a hall without a mouse', () => {
  it('types slips one after another', async () => {
    await slips(road, sameRoad, light, clinic);
    await expect.poll(async () => (await atCity()).length, wait).toBe(4);
    expect((await atCity()).map(({ channel }) => channel)).toEqual(Array(4).fill('slip'));
    await isUsable();
  });

  it('forwards, and takes it back within ten seconds', async () => {
    await press(light, 'f');
    await becomes(light, 'forwarded');
    await page.keyboard.press('u');
    await becomes(light, 'asked');
  });

  it('merges what is the same, keeping both, and separates it again', async () => {
    await shown(card(sameRoad).getByText(words.questions.similar));
    await press(sameRoad, 'm');
    await shown(page.getByRole('dialog').getByRole('option', { selected: true, name: road }));
    await page.keyboard.press('Enter');
    await becomes(sameRoad, 'merged');
    const [lead] = await asWritten(road);
    expect(lead).toMatchObject({ supporters: 1, mergedIds: [(await asWritten(sameRoad))[0]!.id] });
    await page.keyboard.press('u');
    await becomes(sameRoad, 'asked');
  });

  it('returns with a ready reason, and flags what is urgent', async () => {
    await press(sameRoad, 'r');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Trùng với ý kiến/ }).click();
    await page.keyboard.press('Control+Enter');
    await becomes(sameRoad, 'returned');
    await press(clinic, '!');
    await expect.poll(async () => (await asWritten(clinic))[0]?.urgency, wait).toBe('urgent');
  });
});

describe('a hall without a line', () => {
  it('goes on, says how old its view is, and keeps all over a reload', async () => {
    await cut();
    await slips('Xin mở thêm chuyến xe buýt về xã.');
    await press(road, 'f');
    await shown(page.getByText(filled(vi.common.connection.offlineWaiting, { count: 2 })));
    await shown(page.getByText(/Dữ liệu lúc \d\d:\d\d/));
    await page.reload();
    await shown(card(light));
    await shown(card('Xin mở thêm chuyến xe buýt').getByText(words.questions.unsent));
    await shown(card(road).getByText(vi.states.question.forwarded));
    await shown(page.getByText(/Dữ liệu lúc \d\d:\d\d/));
    await isUsable();
  });

  it('sends it once when the line is back', async () => {
    await mend();
    await becomes(road, 'forwarded');
    await expect
      .poll(async () => (await asWritten('Xin mở thêm chuyến xe buýt về xã.')).length, wait)
      .toBe(1);
    expect(await atCity()).toHaveLength(5);
  });

  it('is told what the city no longer took, with the words kept', async () => {
    const { id, staff } = cast.dialogue;
    await press(clinic, 'f');
    await becomes(clinic, 'forwarded');
    const questionId = (await asWritten(clinic))[0]!.id;
    await staff.secretary.command(id, 'question.return', { questionId, reason: 'Chưa rõ xã nào.' });
    await shown(card(clinic).getByText('Chưa rõ xã nào.'));
    await cut();
    await card(clinic).getByLabel(words.questions.wording).fill(better);
    await card(clinic).getByRole('button', { name: words.questions.save }).click();
    await staff.secretary.command(id, 'question.unreturn', { questionId });
    await mend();
    const kept = page.getByRole('region', { name: words.kept.title });
    await shown(kept.getByText(better));
    await isUsable();
    await kept.getByRole('button', { name: words.kept.drop }).click();
    await kept.waitFor({ state: 'hidden' });
  });
});

describe('who is there', () => {
  const report = () =>
    cast.dialogue.staff.secretary.get<AttendanceBody>(
      `/api/dialogues/${cast.dialogue.id}/attendance?bridgePoint=${hall.id}`,
    );

  it('comes by phone, by the list and at the door, with a few letters', async () => {
    await cast.phone(hall, 'Nguyễn Thị Hoa');
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await shown(page.getByText('Nguyễn Thị Hoa'));
    await page.getByRole('button', { name: words.people.addNames }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.people.names).fill('Lê Văn Bình\nPhạm Thị Cúc\nnguyễn thị hoa');
    await shown(dialog.getByText(filled(words.people.namesFound, { count: 2, known: 1 })));
    await page.keyboard.press('Control+Enter');
    await shown(page.getByText('Phạm Thị Cúc'));
    const field = page.getByRole('combobox', { name: words.people.checkIn });
    for (const typed of ['binh', 'Đỗ Văn Tư']) {
      await field.fill(typed);
      await field.press('Enter');
    }
    await expect
      .poll(async () => (await report()).totals, wait)
      .toMatchObject({
        came: 3,
        present: 3,
        listed: 2,
        joined: 1,
      });
    await isUsable();
  });

  it('leaves, and is set right with a reason that stays', async () => {
    const name = 'Lê Văn Bình';
    await page.getByRole('button', { name: filled(words.people.leaveOf, { name }) }).click();
    await expect.poll(async () => (await report()).totals.present, wait).toBe(2);
    await page.getByRole('button', { name: filled(words.people.correctOf, { name }) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.people.name).fill('Lê Văn Bính');
    await dialog.getByLabel(words.attendance.reasonRequired).fill('Ghi sai tên');
    await page.keyboard.press('Control+Enter');
    await shown(page.getByText('Lê Văn Bính'));
    await page.getByText(words.people.trail).click();
    await shown(page.getByText(filled(vi.attendance.trail.why, { reason: 'Ghi sai tên' })));
    expect((await report()).corrections).toMatchObject([{ reason: 'Ghi sai tên' }]);
  });

  it('is read by the secretary, and corrected', async () => {
    const desk = await cast.staff('secretary', `/desk/dialogues/${cast.dialogue.id}/attendance`);
    await desk
      .getByRole('button', { name: filled(vi.attendance.correct.of, { name: hall.name }) })
      .click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel(vi.attendance.correct.count).fill('27');
    await dialog.getByLabel(vi.attendance.correct.reason).fill('Đếm theo ảnh');
    await dialog.getByRole('button', { name: vi.common.save }).click();
    await expect.poll(async () => (await report()).totals.headcount, wait).toBe(27);
    await shown(desk.getByRole('cell', { name: '27' }));
    const { violations } = await new AxeBuilder({ page: desk }).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
  });
});
