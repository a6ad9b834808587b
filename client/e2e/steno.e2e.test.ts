import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSpoken } from './support/spoken.ts';
import type { Spoken } from './support/spoken.ts';
import { shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { filled, vi } from './support/words.ts';

const words = vi.steno;
const hall = 'Hội trường xã Ba Vì';
const greeting = 'Xin mời điểm cầu phát biểu.';
const department = 'Giám đốc Sở Nông nghiệp và Môi trường';

let spoken: Spoken;
let first: Page;
let second: Page;

beforeAll(async () => {
  spoken = await openSpoken([{ hall: 'head', text: greeting }]);
  const path = `/desk/dialogues/${spoken.id}/steno`;
  first = await spoken.page('secretary', path);
  await shown(first.getByText(words.turn.own));
  second = await spoken.page('colleague', path);
});
afterAll(async () => {
  await spoken?.close();
});
oneStory(() => spoken.explain());

const field = (page: Page) => page.getByLabel(words.field.label);
const line = (page: Page, speaker: string, text: string) =>
  page
    .getByRole('log')
    .getByRole('paragraph')
    .filter({ hasText: `${speaker} ${text}` });
const chosen = (page: Page, name: string) =>
  page.getByRole('button', { name, pressed: true, exact: false });

it('belongs to whoever came first, and the other waits', async () => {
  await shown(second.getByText(filled(words.turn.other, { name: 'Trần Thị Thư' })));
  await shown(first.getByText(filled(words.turn.waiting, { names: 'Lê Văn Bình' })));
  await shown(first.getByRole('log').getByText(greeting));
});

it('writes abbreviations out as they are typed, and gives one back', async () => {
  await field(first).pressSequentially('Kính thưa ubnd ');
  await expect.poll(() => field(first).inputValue(), wait).toBe('Kính thưa Ủy ban nhân dân ');
  await first.keyboard.press('Escape');
  await expect.poll(() => field(first).inputValue(), wait).toBe('Kính thưa ubnd ');
});

it('has a key for each speaker, also for those who are named here', async () => {
  await first.keyboard.press('F2');
  await shown(chosen(first, hall));
  await field(first).fill('Bao giờ nạo vét kênh?');
  await field(first).press('Enter');
  await shown(line(second, hall, 'Bao giờ nạo vét kênh?'));

  await first.getByLabel(words.speakers.add, { exact: true }).fill(department);
  await first.keyboard.press('Enter');
  await first.keyboard.press('F1');
  await shown(chosen(first, words.speakers.host));
  await first.keyboard.press('F3');
  await shown(chosen(first, department));
  await field(first).fill('Quý I năm tới sẽ làm.');
  await field(first).press('Enter');
  await shown(line(second, department, 'Quý I năm tới sẽ làm.'));
});

it('is taken over by a key, and what was being typed is kept', async () => {
  await field(first).fill('Đang gõ dở');
  await second.keyboard.press('F10');
  await shown(second.getByText(words.turn.own));
  await shown(first.getByText(filled(words.turn.other, { name: 'Lê Văn Bình' })));
  await second.keyboard.press('F1');
  await field(second).fill('Tôi giao Sở trả lời bằng văn bản.');
  await field(second).press('Enter');
  await shown(line(first, words.speakers.host, 'Tôi giao Sở trả lời bằng văn bản.'));
  await first.reload();
  await expect.poll(() => field(first).inputValue(), wait).toBe('Đang gõ dở');
});

it('is another one for each language, with what was said above it', async () => {
  await second.getByRole('combobox', { name: words.track }).click();
  await second.getByRole('option', { name: 'Tiếng Anh' }).click();
  await shown(first.getByText(words.turn.own));
  await shown(second.getByText(words.turn.own));
  await shown(second.getByLabel(words.source).getByText('Bao giờ nạo vét kênh?'));
  await field(second).fill('When will the canal be dredged?');
  await field(second).press('Enter');
  await shown(line(second, words.speakers.host, 'When will the canal be dredged?'));
  expect(await first.getByText('When will the canal be dredged?').count()).toBe(0);
});

it('is in each tab of a browser another one', async () => {
  const tab = await second.context().newPage();
  await tab.goto(second.url());
  const language = (page: Page) => page.getByRole('combobox', { name: words.track });
  await shown(language(tab).getByText('Tiếng Anh'));
  await language(tab).click();
  await tab.getByRole('option', { name: 'Tiếng Việt' }).click();
  await shown(tab.getByText(filled(words.turn.other, { name: 'Trần Thị Thư' })));
  await shown(language(second).getByText('Tiếng Anh'));
  await tab.close();
});

it('breaks no rule of any page', () => {
  expect(spoken.faults.found).toEqual([]);
  expect(spoken.product.troubles()).toEqual([]);
});
