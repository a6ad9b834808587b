import { AxeBuilder } from '@axe-core/playwright';
import type { HallQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { StaffClient } from './support/staff-client.ts';
import { filled, vi } from './support/words.ts';

let cast: Cast;
let moderator: StaffClient;
let hoa: Page;
let binh: Page;
let photo: Buffer;

const { attach, ask, follow, form, hand, lookUp, peers, question, sent, tabs } = vi.phone;

beforeAll(async () => {
  cast = await gatherCast();
  const { admin, id, halls } = cast.dialogue;
  await admin.command(id, 'dialogue.configure', { rules: { publicForm: true } });
  await admin.command(id, 'dialogue.open', {});
  moderator = new StaffClient(cast.product.url);
  await moderator.pair(halls[0]!.codes.moderator);
  hoa = await cast.phone(halls[0]!, 'Nguyễn Thị Hoa');
  binh = await cast.phone(halls[0]!, 'Trần Văn Bình');
  photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await cast.explain();
});
afterAll(async () => {
  moderator?.close();
  await cast?.close();
});

const place = (phone: Page, name: string) =>
  phone.getByRole('navigation').getByRole('button', { name }).click();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const said = (page: Page, text: string) => page.getByText(text).first().waitFor();
const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });

async function atHall(text: string): Promise<HallQuestionFact | undefined> {
  const all = await moderator.board<HallQuestionFact>(cast.dialogue.id, 'question');
  return all.find(({ original }) => original === text);
}

async function write(phone: Page, text: string): Promise<void> {
  await place(phone, tabs.ask);
  await phone.getByLabel(ask.label).fill(text);
}

/** Written, sent and arrived; its number. */
async function asked(phone: Page, text: string): Promise<string> {
  await place(phone, tabs.follow);
  await write(phone, text);
  await button(phone, ask.send).click();
  await heading(phone, sent.sent.title);
  return (await atHall(text))!.id;
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe('a photo with a question', () => {
  it('goes first, and the hall has both', async () => {
    const text = 'Mương thoát nước cạnh nhà văn hóa bị lấp, ảnh kèm theo.';
    await write(hoa, text);
    await choose(hoa, 'muong.jpg', photo);
    await said(hoa, attach.done);
    expect(await violations(hoa)).toEqual([]);
    await button(hoa, ask.send).click();
    await heading(hoa, sent.sent.title);
    const fact = (await atHall(text))!;
    expect(fact.attachmentIds).toHaveLength(1);
    await said(hoa, `${fact.code!.slice(0, 3)}-${fact.code!.slice(3, 6)}-${fact.code!.slice(6)}`);
    await button(hoa, sent.follow).click();
    const picture = hoa.getByAltText(filled(attach.file, { number: 1 }));
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(900);
  });

  it('waits for the line with its question, and nothing typed is lost', async () => {
    const text = 'Đèn đường xóm Bắc hỏng đã ba tháng, khi nào được thay?';
    await write(binh, text);
    await binh.context().setOffline(true);
    await choose(binh, 'den.jpg', photo);
    await said(binh, attach.waiting);
    await button(binh, ask.send).click();
    await button(binh, attach.withoutFiles).waitFor();
    expect(await binh.getByLabel(ask.label).inputValue()).toBe(text);
    await binh.context().setOffline(false);
    await heading(binh, sent.sent.title);
    expect((await atHall(text))!.attachmentIds).toHaveLength(1);
  });

  it('that is none is refused by what is in it, and the words stay', async () => {
    const text = 'Có tệp không đọc được.';
    await place(binh, tabs.hand);
    await write(binh, text);
    await choose(binh, 'anh.jpg', Buffer.from('<!doctype html><script>alert(1)</script>'));
    await said(binh, vi.errors.file_not_allowed);
    await button(binh, ask.send).click();
    await said(binh, attach.refused);
    expect(await binh.getByLabel(ask.label).inputValue()).toBe(text);
    await button(binh, filled(attach.remove, { name: 'anh.jpg' })).click();
    await button(binh, ask.send).click();
    await heading(binh, sent.sent.title);
    expect((await atHall(text))!.attachmentIds).toEqual([]);
  });
});

describe('questions of one hall', () => {
  const road = 'Đường liên xã xuống cấp, xe tải chạy suốt đêm.';

  it('are seen by others once they were sent on, who can stand behind them', async () => {
    const questionId = await asked(hoa, road);
    await place(binh, tabs.follow);
    const others = (count: number) => button(binh, filled(follow.hall, { count }));
    await others(0).click();
    await heading(binh, peers.empty);
    await moderator.command(cast.dialogue.id, 'question.forward', { questionId });
    const card = binh.getByRole('article').filter({ hasText: road });
    await card.getByRole('button', { name: peers.support }).click();
    await card.getByText(filled(peers.count, { count: 1 })).waitFor();
    expect(await violations(binh)).toEqual([]);
    await place(hoa, tabs.follow);
    const own = hoa.getByRole('article').filter({ hasText: road });
    await own.getByText(filled(peers.count, { count: 1 })).waitFor();
    await card.getByRole('button', { name: peers.support, pressed: true }).click();
    await card.getByRole('button', { name: peers.support, pressed: false }).waitFor();
    await own.getByText(filled(peers.count, { count: 1 })).waitFor({ state: 'detached' });
  });

  it('follow the one that they were merged with, and their askers are told', async () => {
    const { id, staff } = cast.dialogue;
    const intoQuestionId = (await atHall(road))!.id;
    const text = 'Xe tải cày nát đường liên xã, ai chịu trách nhiệm?';
    const questionId = await asked(binh, text);
    await moderator.command(id, 'question.forward', { questionId });
    await staff.secretary.command(id, 'question.accept', { questionId: intoQuestionId });
    await staff.secretary.command(id, 'question.merge', { questionId, intoQuestionId });
    await said(binh, filled(question.news, { state: vi.states.question.merged }));
    await place(binh, tabs.follow);
    const card = binh.getByRole('article').filter({ hasText: text });
    const { name } = cast.dialogue.halls[0]!;
    await card.getByText(filled(question.mergedInto, { hall: name })).waitFor();
    await card.getByText(filled(question.place, { place: 1 })).waitFor();
    await staff.secretary.command(id, 'question.dispose', {
      questionId: intoQuestionId,
      disposition: { kind: 'answeredHere' },
    });
    await said(binh, filled(question.leadNews, { state: vi.states.question.disposed }));
    await card.getByText(vi.phone.disposition.answeredHere).waitFor();
  });

  it('come back with the reason', async () => {
    const questionId = await asked(hoa, 'Nhà bên cạnh lấn đất.');
    const reason = 'Có thông tin cá nhân của người khác; đề nghị bỏ và gửi lại.';
    await moderator.command(cast.dialogue.id, 'question.return', { questionId, reason });
    await said(hoa, filled(question.news, { state: vi.states.question.returned }));
    await place(hoa, tabs.follow);
    await said(hoa, reason);
  });

  it('and hands have their place', async () => {
    for (const phone of [hoa, binh]) {
      await place(phone, tabs.hand);
      await phone.getByRole('main').getByRole('button', { name: hand.raise }).click();
      await heading(phone, hand.up.title);
    }
    await said(binh, filled(hand.place, { place: 2 }));
    await button(hoa, hand.lower).click();
    await said(binh, filled(hand.place, { place: 1 }));
  });
});

describe('from home', () => {
  it('a question goes by the form, and its code tells what became of it', async () => {
    const { id, halls, fields, staff } = cast.dialogue;
    const page = await cast.open(`/form/${id}`, { who: 'somebody at home' });
    await heading(page, form.title);
    await button(page, ask.send).click();
    await said(page, form.hall.missing);
    await page.getByLabel(form.hall.search).fill('dong da');
    await page.getByRole('button', { name: halls[2]!.name }).click();
    await page.getByLabel(ask.label).fill('Chợ Khâm Thiên bao giờ được sửa?');
    await choose(page, 'cho.jpg', photo);
    await said(page, attach.done);
    await page.getByLabel(ask.field).selectOption(fields[1]!);
    await page.getByLabel(vi.phone.join.name.optional).fill('Lê Thị Mai');
    expect(await violations(page)).toEqual([]);
    await button(page, ask.send).click();
    await heading(page, sent.sent.title);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: form.follow }).click();
    await heading(page, lookUp.title);
    const fate = page.getByRole('article');
    await fate.getByText(vi.states.question.forwarded, { exact: true }).waitFor();
    expect(await fate.textContent()).not.toContain('Lê Thị Mai');
    expect(await violations(page)).toEqual([]);

    const { code } = (await staff.secretary.board<HallQuestionFact>(id, 'question')).find(
      ({ channel }) => channel === 'form',
    )!;
    await page.goto('/tra-cuu');
    await page.getByLabel(lookUp.label).fill(code!.toLowerCase());
    await button(page, lookUp.go).click();
    await said(page, 'Chợ Khâm Thiên bao giờ được sửa?');
  });

  it('the form closes with the start, and says so', async () => {
    const { id, staff } = cast.dialogue;
    const page = await cast.open(`/form/${id}`, { who: 'somebody late' });
    await page.getByLabel(form.hall.district).waitFor();
    await staff.secretary.command(id, 'dialogue.start', {});
    await page.getByLabel(form.hall.district).selectOption('Ba Vì');
    await page.getByLabel(form.hall.hall).selectOption(cast.dialogue.halls[0]!.name);
    await page.getByLabel(ask.label).fill('Muộn mất rồi?');
    await button(page, ask.send).click();
    await heading(page, form.closed.title);
  });

  it('no page complained', () => {
    // What the tests provoked: a line cut off, a file that is none, a form that was closed.
    const expected = /ERR_INTERNET_DISCONNECTED|status of (422|409)/;
    expect(cast.faults.found.filter((fault) => !expected.test(fault))).toEqual([]);
  });
});
