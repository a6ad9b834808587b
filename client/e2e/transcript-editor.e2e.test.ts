import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSpoken } from './support/spoken.ts';
import type { Spoken } from './support/spoken.ts';
import { shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { filled, vi } from './support/words.ts';

const words = vi.transcript;
const greeting = 'Xin mời điểm cầu xã Ba Vì phát biểu.';
const asked = 'Kênh đã lâu không nạo vét, vụ mùa bị úng ngập. Bao giờ khởi công?';
const number = 'Số điện thoại của tôi là 0912 345 678 ạ.';
const answered = 'Năm nay sẽ nạo vét xong kênh của xã.';
const thanks = 'Bà con xin cảm ơn.';

let spoken: Spoken;
let path: string;
let secretary: Page;
let colleague: Page;

beforeAll(async () => {
  spoken = await openSpoken([
    { hall: 'head', text: greeting },
    { hall: 'hall', text: asked.replace('úng ngập', '?úng ?ngập') },
    { hall: 'hall', text: number },
    { hall: 'head', text: answered },
    { hall: 'hall', text: thanks.replace('cảm', '?cảm') },
  ]);
  path = `/desk/dialogues/${spoken.id}/transcript`;
  secretary = await spoken.page('secretary', path);
  colleague = await spoken.page('colleague', path);
});
afterAll(async () => {
  await spoken?.close();
});
oneStory(() => spoken.explain());

const button = (name: string, page = secretary) => page.getByRole('button', { name, exact: true });
const dialog = (page = secretary) => page.getByRole('dialog');
const row = (text: string, page = secretary) =>
  page.locator('[data-line]').filter({ hasText: text });
const texts = (page = secretary) => page.locator('[data-text]').allTextContents();
const choose = (line: Locator) => line.locator('time').click();

/** Types a line anew, as a stenographer does: the whole of it, by keyboard. */
async function retype(line: Locator, text: string, page = secretary): Promise<void> {
  await choose(line);
  await page.keyboard.press('Enter');
  await page.getByLabel(words.text).fill(text);
}

/** Gone once the dialog has closed: until then it keeps the keyboard for itself. */
const closed = (page = secretary) => dialog(page).waitFor({ state: 'detached' });

/**
 * Finds nothing that keeps anybody from using the page as it stands (WCAG, by axe-core); what
 * still fades in has no contrast yet.
 */
async function isUsable(page = secretary): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ effect, playState }) => {
      const target = (effect as KeyframeEffect | null)?.target;
      const isEndless = effect?.getComputedTiming().endTime === Infinity;
      return playState !== 'running' || isEndless || target?.closest('[role="progressbar"]');
    }),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html}`)),
  ).toEqual([]);
}

it('shows what was said, by whom, and where the engine was not sure', async () => {
  await expect.poll(() => texts(), wait).toEqual([greeting, asked, number, answered, thanks]);
  await shown(row(asked).getByText('Nguyễn Thị Hoa'));
  await shown(row(greeting).getByText(words.host));
  await shown(row(greeting).getByText('Bao giờ nạo vét kênh nội đồng của xã?'));
  await shown(secretary.getByText(words.engine.off));
  expect(await secretary.locator('[data-word].low').allTextContents()).toEqual([
    'úng',
    'ngập.',
    'cảm',
  ]);
  await isUsable();
});

it('plays from a word that is clicked, and from one doubtful word to the next', async () => {
  await row(asked).locator('[data-word]', { hasText: 'Bao' }).click();
  const place = secretary.getByLabel(words.player.place);
  const before = Number(await place.inputValue());
  await expect.poll(async () => Number(await place.inputValue()), wait).toBeGreaterThan(before);
  await secretary.keyboard.press('F4');
  await shown(button(words.player.play));
  // The line begins 3.74 s into the sound.
  await place.fill('3900');
  await expect
    .poll(() => secretary.locator('[data-word].spoken').allTextContents(), wait)
    .toEqual(['Kênh']);
  await place.blur();
  await secretary.keyboard.press('Escape');
  for (const word of ['úng', 'ngập.', 'cảm']) {
    await secretary.keyboard.press('F9');
    await expect
      .poll(() => secretary.locator('[data-word].here').allTextContents(), wait)
      .toEqual([word]);
  }
  await secretary.keyboard.press('Shift+F9');
  await expect
    .poll(() => secretary.locator('[data-word].here').allTextContents(), wait)
    .toEqual(['ngập.']);
  await secretary.keyboard.press('F4');
});

const corrected = asked.replace('bị úng ngập', 'vừa rồi ngập úng');

it('keeps what is typed over a reload, and gives it to the others once it is saved', async () => {
  await retype(row(asked), corrected);
  await shown(button(words.saveAll.replace('{count}', '1')));
  await shown(row(asked, colleague).getByText('Thư', { exact: true }));
  await secretary.reload();
  await shown(row(asked).getByTitle(words.mark.unsaved));
  await choose(row(asked));
  await secretary.keyboard.press('Enter');
  await expect.poll(() => secretary.getByLabel(words.text).inputValue(), wait).toBe(corrected);
  await isUsable();
  await secretary.keyboard.press('Control+s');
  await shown(row(corrected, colleague));
  await secretary.keyboard.press('Escape');
  await shown(row(corrected).getByTitle(words.mark.corrected));
});

const theirs = 'Năm nay sẽ nạo vét xong kênh của xã Ba Vì.';
const own = 'Năm nay sẽ nạo vét xong kênh mương của xã.';

it('shows both texts when two people change a line, and lets a person decide', async () => {
  await retype(row(answered), own);
  await retype(row(answered, colleague), theirs, colleague);
  await colleague.keyboard.press('Control+s');
  await colleague.keyboard.press('Escape');
  const conflict = secretary.getByRole('alert').filter({ hasText: words.conflict });
  await shown(conflict.getByText(theirs));
  await shown(conflict.getByText(own));
  await isUsable();
  await button(vi.live.conflict.keepOwn).click();
  await secretary.keyboard.press('Control+s');
  await shown(row(own, colleague));
  await secretary.keyboard.press('Escape');
  await secretary.keyboard.press('Escape');
  await expect.poll(() => texts(), wait).toContain(own);
});

it('splits at the cursor, merges, and takes both back', async () => {
  const place = corrected.indexOf('Bao giờ');
  await choose(row(corrected));
  await secretary.keyboard.press('Enter');
  await secretary
    .getByLabel(words.text)
    .evaluate((field: HTMLTextAreaElement, at) => field.setSelectionRange(at, at), place);
  await secretary.keyboard.press('Alt+Enter');
  const parts = [corrected.slice(0, place).trim(), corrected.slice(place)];
  await secretary.keyboard.press('Escape');
  await expect.poll(() => texts(), wait).toEqual(expect.arrayContaining(parts));
  await choose(row(parts[0]!));
  await secretary.keyboard.press('Alt+m');
  await expect.poll(() => texts(), wait).toContain(corrected);
  await secretary.keyboard.press('Alt+z');
  await expect.poll(() => texts(), wait).toEqual(expect.arrayContaining(parts));
  await secretary.keyboard.press('Alt+z');
  await expect.poll(() => texts(), wait).toContain(corrected);
});

it('finds and replaces what is ticked, after showing it', async () => {
  await secretary.keyboard.press('Control+h');
  await dialog().getByLabel(words.replace.sought, { exact: true }).fill('nao vet');
  await shown(dialog().getByText(words.replace.none));
  await dialog().getByLabel(words.replace.matchMarks).uncheck();
  await dialog().getByLabel(words.replace.with).fill('khơi thông');
  const found = filled(words.replace.found, { chosen: 2, count: 2, lines: 2 });
  await shown(dialog().getByText(found));
  await isUsable();
  await dialog().getByRole('checkbox', { name: 'Kênh đã lâu' }).uncheck();
  await dialog()
    .getByRole('button', { name: filled(words.replace.submit, { count: 1 }) })
    .click();
  await closed();
  await expect.poll(() => texts(), wait).toContain(own.replace('nạo vét', 'khơi thông'));
  expect(await texts()).toContain(corrected);
});

it('hides words from what is published, with the reason', async () => {
  await choose(row(number));
  await secretary.keyboard.press('Alt+r');
  for (const word of ['0912', '345', '678']) {
    await dialog().getByRole('button', { name: word, exact: true }).click();
  }
  await dialog().getByRole('button', { name: words.redact.reasons.personal }).click();
  await isUsable();
  await dialog().getByRole('button', { name: words.redact.submit }).click();
  await closed();
  await shown(row(number).getByTitle(words.mark.redacted));
  const supervisor = await spoken.page('supervisor', path);
  await shown(row('Số điện thoại của tôi là ███ ạ.', supervisor));
  await shown(supervisor.getByText(words.redact.reasons.personal).first());
  await expect.poll(() => button(words.head.replace, supervisor).count()).toBe(0);
  await isUsable(supervisor);
  // Who may hear the recording hears the lines too.
  await row(corrected, supervisor).locator('[data-word]', { hasText: 'Kênh' }).click();
  await shown(button(words.player.pause, supervisor));
  await supervisor.close();
});

it('gives a line to another speaker, and tells its history', async () => {
  await choose(row(thanks));
  await secretary.keyboard.press('Alt+n');
  await dialog().getByRole('radio', { name: words.host }).check();
  await dialog().getByLabel(words.attribute.name).fill('Ông Đỗ Văn Chủ');
  await isUsable();
  await dialog().getByRole('button', { name: words.attribute.submit }).click();
  await closed();
  await shown(row(thanks).getByText('Ông Đỗ Văn Chủ'));
  await choose(row(corrected));
  await button(words.tool.history).click();
  await shown(dialog().getByText(words.history.step.edited));
  await shown(dialog().getByText('Trần Thị Thư').first());
  await isUsable();
  await dialog().getByRole('button', { name: words.history.restore }).first().click();
  await closed();
  await expect.poll(() => texts(), wait).toContain(asked);
});

it('takes in what is typed while it runs', async () => {
  const typist = await spoken.client('colleague');
  const line = { lineId: randomUUID(), text: 'Hội nghị tiếp tục.', speaker: 'host' as const };
  expect(await typist.send('transcript.add', line)).toMatchObject({ ok: true });
  await shown(row('Hội nghị tiếp tục.'));
  typist.close();
});

it('keeps the vocabulary of the dialogue', async () => {
  await button(words.head.vocabulary).click();
  await dialog().getByLabel(words.vocabulary.terms.title).fill('Sóc Sơn: xóc sơn');
  await dialog().getByLabel(words.vocabulary.short.title).fill('ubnd: Ủy ban nhân dân');
  await isUsable();
  await dialog().getByRole('button', { name: vi.common.save, exact: true }).click();
  await closed();
  await button(words.head.vocabulary).click();
  await expect
    .poll(() => dialog().getByLabel(words.vocabulary.short.title).inputValue(), wait)
    .toBe('ubnd: Ủy ban nhân dân');
  await dialog().getByRole('button', { name: vi.common.cancel, exact: true }).click();
  await closed();
});

it('is certified by name with its hash, and then changed by nobody', async () => {
  await button(filled(words.state.draft, { version: 1 })).click();
  await shown(dialog().getByText(words.missing.title));
  await dialog().getByRole('button', { name: words.versions.finish }).click();
  await shown(dialog().getByText(words.certify.text));
  await expect.poll(() => dialog().locator('code').textContent(), wait).toMatch(/^[0-9a-f]{64}$/);
  await isUsable();
  await dialog().getByLabel(words.certify.name).fill('Trần Thị Thư, Thư ký hội nghị');
  await dialog().getByLabel(words.certify.read).check();
  const typist = await spoken.client('colleague');
  const said = { lineId: randomUUID(), text: 'Nói trước khi xác nhận.', speaker: 'host' as const };
  expect(await typist.send('transcript.add', said)).toMatchObject({ ok: true });
  await shown(dialog().getByText(words.certify.changed));
  await dialog().getByLabel(words.certify.read).check();
  const hash = await dialog().locator('code').textContent();
  await dialog().getByRole('button', { name: words.certify.submit }).click();
  await shown(dialog().getByText(words.supersede.title));
  expect(await dialog().locator('code').textContent()).toBe(hash);
  await isUsable();
  await secretary.keyboard.press('Escape');
  await closed();
  await choose(row(thanks));
  await shown(button(words.tool.history));
  expect(await button(words.tool.edit).count()).toBe(0);

  const late = { lineId: randomUUID(), text: 'Nói thêm sau đó.', speaker: 'host' as const };
  expect(await typist.send('transcript.add', late)).toMatchObject({ ok: true });
  await shown(row('Nói thêm sau đó.').getByTitle(words.mark.after));
  typist.close();
});

it('is superseded with a reason, the certified one kept', async () => {
  await button(filled(words.state.certified, { version: 1 })).click();
  await dialog().getByLabel(words.supersede.reason).fill('Bổ sung lời kết');
  await dialog().getByRole('button', { name: words.supersede.submit }).click();
  await shown(dialog().getByText('Bổ sung lời kết'));
  await secretary.keyboard.press('Escape');
  await closed();
  await shown(button(filled(words.state.draft, { version: 2 })));
});

it('is downloaded in every form, present or certified', async () => {
  await button(words.head.download).click();
  await shown(dialog().getByRole('link'));
  await isUsable();
  const links = dialog().getByRole('link');
  const statuses = () =>
    links.evaluateAll((all) =>
      Promise.all(all.map(async (link) => (await fetch((link as HTMLAnchorElement).href)).status)),
    );
  expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
  const version = { name: words.download.version, exact: true };
  await dialog().getByRole('combobox', version).selectOption('1');
  const href = await links.last().getAttribute('href');
  const body = await secretary.evaluate(
    async (address) => (await (await fetch(address)).json()) as TranscriptBody,
    href!,
  );
  expect(body.version).toBe(1);
  const texts = body.lines.map(({ text }) => text);
  expect(texts).toContain(number);
  expect(texts).not.toContain('Nói thêm sau đó.');
  const form = { name: words.download.form, exact: true };
  await dialog().getByRole('combobox', form).selectOption(words.download.public);
  const published = await secretary.evaluate(
    async (address) => (await fetch(address!)).text(),
    await links.last().getAttribute('href'),
  );
  expect(published).toContain('Số điện thoại của tôi là ███ ạ.');
  expect(published).not.toContain('0912');
  await secretary.keyboard.press('Escape');
  await closed();
});

it('is found by search, which leads to the very line and plays it', async () => {
  await secretary.goto('/desk/');
  await secretary.getByRole('link', { name: vi.search.title }).click();
  await shown(secretary.getByText(vi.search.start.title));
  await isUsable();
  await secretary.getByLabel(vi.search.placeholder).fill('chang ai noi the nay');
  await shown(secretary.getByText(vi.search.none.title));
  await secretary.getByLabel(vi.search.placeholder).fill('vu mua ung ngap');
  const hit = secretary.getByRole('listitem').filter({ hasText: asked });
  await shown(hit);
  await expect.poll(() => hit.locator('mark').allTextContents(), wait).toContain('úng');
  await isUsable();
  await hit.getByRole('link').click();
  await shown(secretary.locator('[data-line][aria-current="true"]').filter({ hasText: asked }));
  await shown(button(words.player.pause));
});

it('breaks no rule of any page', () => {
  expect(spoken.faults.found).toEqual([]);
  expect(spoken.product.troubles()).toEqual([]);
});
