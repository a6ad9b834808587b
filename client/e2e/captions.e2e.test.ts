import type { DeskCaptionFact, DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phrases, realEngine } from '../../server/test/support/speech/spoken.ts';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import type { Hall } from './support/dialogue.ts';
import { bannerSays, forward, openCamera, reads, shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { filled, vi } from './support/words.ts';

/** What is said into the first hall's microphone, again and again. */
const said = phrases[1];
const written = 'The water is not clean.';
const corrected = 'The water of our village is not clean.';
const question = 'Bao giờ nước của thôn được sạch?';
const asker = 'Nguyễn Thị Hoa';
const translated = 'Nước của thôn tôi không sạch.';

let cast: Cast;
let halls: Hall[];
let moderator: Page;
let secretary: Page;
let screen: Page;
let phone: Page;

beforeAll(async () => {
  cast = await gatherCast({ SPEECH_ENGINE: realEngine(), SPEECH_LANGUAGE: 'en' }, [said]);
  halls = cast.dialogue.halls;
});
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

const staff = () => cast.dialogue.staff.secretary;
const board = <T>(collection: string) => staff().board<T>(cast.dialogue.id, collection);
const transcript = (query = '') =>
  staff().get<TranscriptBody>(`/api/dialogues/${cast.dialogue.id}/transcript${query}`);
const heard = async () =>
  (await board<DeskCaptionFact>('caption')).filter(({ source }) => source === 'engine');

it('a question from the first hall is called', async () => {
  const { id } = cast.dialogue;
  await staff().command(id, 'dialogue.open', {});
  moderator = await cast.paired(halls[0]!, 'moderator');
  await openCamera(moderator);
  const askers = await cast.phone(halls[0]!, asker);
  await askers.getByLabel(vi.phone.ask.label).fill(question);
  await askers.getByRole('button', { name: vi.phone.ask.send }).click();
  await forward(moderator, question);
  const forwarded = async () =>
    (await board<DeskQuestionFact>('question')).find(({ state }) => state === 'forwarded')?.id;
  await expect.poll(forwarded, wait).toBeDefined();
  const questionId = (await forwarded())!;
  await staff().command(id, 'question.accept', { questionId });
  await staff().command(id, 'dialogue.start', {});
  screen = await cast.paired(halls[1]!, 'screen', { viewport: { width: 1920, height: 1080 } });
  phone = await cast.phone(halls[1]!, 'Lê Văn Bình');
  await phone.getByRole('button', { name: vi.phone.tabs.follow }).click();
  await staff().command(id, 'floor.call', { questionId });
  await bannerSays(moderator, 'onAir');
});

it('what is said there is read in another hall and on a phone, with the name of the hall', async () => {
  await reads(screen, written);
  await reads(phone, `${halls[0]!.name}: ${written}`);
});

it('stands in the log with the hall, the turn and the question that it was said for', async () => {
  const [line] = await heard();
  const [asked] = await board<DeskQuestionFact>('question');
  expect(line).toMatchObject({
    bridgePointId: halls[0]!.id,
    questionId: asked!.id,
    text: written,
    isLate: false,
    isCorrected: false,
  });
  expect(line!.turnId).not.toBeNull();
  const sound = `/api/dialogues/${cast.dialogue.id}/speech/${line!.audio!.runId}.wav`;
  expect((await staff().download(sound)).slice(0, 4)).toBe('RIFF');
});

it('an interpreter types beside it, seen while it is typed', async () => {
  const interpreter = await cast.staff('secretary', cast.dialogue.page('steno'));
  await interpreter.getByRole('button', { name: vi.steno.speakers.host }).waitFor();
  const field = interpreter.getByLabel(vi.steno.field.label);
  await field.fill(translated.slice(0, 12));
  await reads(phone, translated.slice(0, 12));
  await field.fill(translated);
  await field.press('Enter');
  await reads(phone, translated);
  await reads(screen, translated);
  await expect.poll(() => phone.locator('.captions .open').count(), wait).toBe(0);
  await interpreter.context().close();
});

it('is set at the screen by keys, of which it tells whoever stands there', async () => {
  const { help } = vi.screen.keys;
  await screen.mouse.move(100, 100);
  await screen.mouse.move(140, 120);
  await shown(screen.getByRole('status').getByText(help));
  await screen.keyboard.press('?');
  await shown(screen.getByRole('heading', { name: help }));
  const letters = () =>
    screen.locator('.captions').evaluate((box) => parseFloat(getComputedStyle(box).fontSize));
  const before = await letters();
  await screen.keyboard.press('+');
  await expect.poll(letters, wait).toBeGreaterThan(before);
  await shown(screen.getByText(vi.screen.keys.sizes.large));
  await screen.keyboard.press('-');
  await expect.poll(letters, wait).toBe(before);
  await screen.keyboard.press('Escape');
  await expect.poll(() => screen.getByRole('heading', { name: help }).count(), wait).toBe(0);
});

it('is corrected by a secretary, and readers see that it was', async () => {
  // The turn ends: nothing more is said.
  const { id } = cast.dialogue;
  const [turn] = await board<{ id: string; state: string }>('turn');
  await staff().command(id, 'floor.end', { turnId: turn!.id });
  secretary = await cast.staff('secretary', cast.dialogue.page('transcript'));
  const row = () => secretary.locator('[data-line]').filter({ hasText: written }).first();
  await row().locator('time').click();
  await secretary.keyboard.press('Enter');
  await secretary.getByLabel(vi.transcript.text).fill(corrected);
  await secretary.keyboard.press('Control+s');
  await reads(phone, corrected);
  await reads(phone, vi.common.captionCorrected);
  const [line] = (await heard()).filter(({ isCorrected }) => isCorrected);
  expect(line!.text).toBe(corrected);
});

it('is searched and copied on a phone, in letters as large as one likes', async () => {
  await phone.getByLabel(vi.phone.captionTools.search).fill('our village');
  await shown(phone.getByText(filled(vi.phone.captionTools.found, { count: 1 })));
  await phone.getByLabel(vi.phone.captionTools.search).fill('');
  const size = () =>
    phone
      .locator('.captions p')
      .first()
      .evaluate((line) => parseFloat(getComputedStyle(line).fontSize));
  const before = await size();
  await phone.getByRole('button', { name: vi.phone.captionTools.look }).click();
  await phone.getByRole('button', { name: vi.phone.captionTools.larger }).click();
  await expect.poll(size, wait).toBeGreaterThan(before);
  await phone.getByRole('button', { name: vi.phone.captionTools.contrast.yellow }).click();
});

it('is certified by name with the hash of what was certified, and exported', async () => {
  const { id } = cast.dialogue;
  await staff().command(id, 'dialogue.end', {});
  await staff().command(id, 'transcript.finish', {});
  const { hash } = await transcript();
  const certifiedBy = 'Trần Thị Thư, Thư ký hội nghị';
  await staff().command(id, 'transcript.certify', { hash, certifiedBy });
  const certified = await transcript('?version=1');
  expect(certified).toMatchObject({ version: 1, hash });
  expect(certified.lines.map(({ text }) => text)).toContain(corrected);
  const file = async (name: string) => {
    const text = await staff().download(`/api/dialogues/${id}/transcript.${name}?lang=vi`);
    return text.replaceAll(/\s+/g, ' ');
  };
  expect(await file('vtt')).toContain(corrected);
  expect(await file('srt')).toContain('The water of our village');
  expect(await file('txt')).toContain(certifiedBy);
  expect((await file('docx')).slice(0, 2)).toBe('PK');
});

it('is found by search, with and without its capitals', async () => {
  await secretary.goto('/desk/search');
  await secretary.getByLabel(vi.search.placeholder).fill('water of our village');
  await shown(secretary.getByRole('listitem').filter({ hasText: corrected }));
});

it('breaks no rule of any page', () => {
  expect(cast.faults.found).toEqual([]);
});
