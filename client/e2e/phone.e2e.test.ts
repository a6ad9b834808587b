import { AxeBuilder } from '@axe-core/playwright';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { vi } from './support/words.ts';

let cast: Cast;
let phone: Page;

beforeAll(async () => {
  cast = await gatherCast();
  await cast.dialogue.admin.command(cast.dialogue.id, 'dialogue.open', {});
  phone = await cast.phone(cast.dialogue.halls[0]!, 'Nguyễn Thị Hoa');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await cast.explain();
});
afterAll(() => cast?.close());

const draft = () => phone.getByLabel(vi.phone.ask.label);
const place = (name: string) => phone.getByRole('navigation').getByRole('button', { name }).click();
const heading = (name: string) => phone.getByRole('heading', { name, exact: true }).waitFor();

async function asked(text: string): Promise<DeskQuestionFact[]> {
  const { secretary } = cast.dialogue.staff;
  const all = await secretary.board<DeskQuestionFact>(cast.dialogue.id, 'question');
  return all.filter(({ original }) => original === text);
}

async function write(text: string): Promise<void> {
  await place(vi.phone.tabs.ask);
  await draft().fill(text);
}

const send = () => phone.getByRole('button', { name: vi.phone.ask.send }).click();

describe('a phone', () => {
  it('is usable without seeing it', async () => {
    for (const name of [vi.phone.tabs.ask, vi.phone.tabs.hand, vi.phone.tabs.follow]) {
      await place(name);
      const { violations } = await new AxeBuilder({ page: phone }).analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    }
  });

  it('fits on 360 pixels', async () => {
    const widthPx = await phone.evaluate(() => document.documentElement.scrollWidth);
    expect(widthPx).toBeLessThanOrEqual(360);
  });

  it('keeps what was typed over a reload', async () => {
    await write('Xin hỏi về nước sạch của thôn');
    await phone.reload();
    await draft().waitFor();
    expect(await draft().inputValue()).toBe('Xin hỏi về nước sạch của thôn');
  });

  it('sends by itself, once, what was sent without a network', async () => {
    const text = 'Đường thôn Đông ngập mỗi khi mưa to, bao giờ được sửa?';
    await write(text);
    await phone.context().setOffline(true);
    await send();
    await heading(vi.phone.sent.waiting.title);
    expect(await asked(text)).toEqual([]);
    await phone.context().setOffline(false);
    await heading(vi.phone.sent.sent.title);
    expect(await asked(text)).toHaveLength(1);
  });

  it('has one question in the record when its answer was lost with the page', async () => {
    const text = 'Chợ xã xuống cấp, bao giờ được xây lại?';
    let deaf = false;
    await phone.routeWebSocket(/\/socket\.io\//, (page) => {
      const server = page.connectToServer();
      server.onMessage((message) => {
        if (!deaf) page.send(message);
      });
    });
    await phone.reload();
    await write(text);
    await phone.getByText(cast.dialogue.halls[0]!.name).first().waitFor();
    deaf = true;
    await send();
    await heading(vi.phone.sent.waiting.title);
    await expect.poll(() => asked(text).then(({ length }) => length)).toBe(1);
    deaf = false;
    await phone.reload();
    await phone.getByText(vi.phone.ask.sent).waitFor();
    await place(vi.phone.tabs.follow);
    await phone.getByRole('article').filter({ hasText: text }).waitFor();
    expect(await asked(text)).toHaveLength(1);
  });
});
