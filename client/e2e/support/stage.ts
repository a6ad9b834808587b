import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { tonesHz } from './cast.ts';
import type { Hall } from './dialogue.ts';
import type { Inbound } from './media-probe.ts';
import { vi } from './words.ts';

/** For what takes a person's click, a commit and a picture on a busy machine. */
export const wait = { timeout: 20_000, interval: 250 };

/** Resolves when it is to be seen. */
export function shown(locator: Locator): Promise<void> {
  return locator.first().waitFor({ state: 'visible' });
}

/** Resolves when these words are among the captions there, however they are broken into rows. */
export async function reads(page: Page, text: string): Promise<void> {
  const captions = async () =>
    (await page.locator('.captions').allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ');
  await expect.poll(captions, wait).toContain(text);
}

/** Opens a hall's camera and microphone as its technician does, the sound left as it is. */
export async function openCamera(moderator: Page): Promise<void> {
  await moderator.getByText(vi.moderator.camera.devices).click();
  await moderator.getByRole('switch', { name: vi.moderator.camera.hallMode }).click();
  await moderator.getByRole('button', { name: vi.moderator.camera.start, exact: true }).click();
  await shown(moderator.getByRole('button', { name: vi.moderator.camera.stop, exact: true }));
}

/** Types a question for somebody in the hall. */
export async function write(moderator: Page, text: string): Promise<void> {
  await moderator.getByRole('button', { name: vi.moderator.page.writeShort }).click();
  const dialog = moderator.getByRole('dialog');
  await dialog.getByLabel(vi.moderator.write.text).fill(text);
  await dialog.getByRole('button', { name: vi.moderator.write.submit }).click();
}

/** Sends a question of the hall on to the city. */
export async function forward(moderator: Page, text: string): Promise<void> {
  const card = moderator.getByRole('article').filter({ hasText: text });
  await card.getByRole('button', { name: vi.moderator.questions.forward }).click();
}

/** Resolves when the hall's banner says so. */
export function bannerSays(moderator: Page, kind: keyof typeof vi.moderator.banner): Promise<void> {
  const { title } = vi.moderator.banner[kind];
  return shown(moderator.getByRole('status').getByText(title, { exact: true }));
}

/** The halls, by their place, whose microphone the page's loudspeakers play. */
export async function hallsHeard(page: Page): Promise<number[]> {
  const heard = await page.evaluate(() => window.mediaProbe.heard());
  return heard
    .map(({ hz }) => tonesHz.findIndex((toneHz) => Math.abs(hz - toneHz) < 15))
    .filter((place) => place >= 0)
    .sort();
}

/** Resolves when exactly these halls are heard there. */
export async function hears(page: Page, places: number[]): Promise<void> {
  await expect.poll(() => hallsHeard(page), wait).toEqual(places);
}

/** Resolves when that hall's picture is decoded there, frame after frame. */
export async function sees(page: Page, { name }: Pick<Hall, 'name'>): Promise<void> {
  const frames = () => page.evaluate((label) => window.mediaProbe.framesOf(label), name);
  await expect.poll(frames, wait).toBeGreaterThan(0);
  const before = await frames();
  await expect.poll(frames, wait).toBeGreaterThan(before + 10);
}

/** Resolves when that page has sent as many more packets of its microphone: about 50 a second. */
export async function goesOnSending(page: Page, packets: number): Promise<void> {
  const sent = () => page.evaluate(() => window.mediaProbe.sent('audio'));
  const before = await sent();
  await expect.poll(sent, wait).toBeGreaterThan(before + packets);
}

/** The streams of which anything has reached this page. */
export async function received(page: Page): Promise<Inbound[]> {
  const inbound = await page.evaluate(() => window.mediaProbe.inbound());
  return inbound.filter(({ packets }) => packets > 0);
}

/** The track by which this page hears that hall. */
export async function microphoneAt(page: Page, place: number): Promise<string> {
  const heard = await page.evaluate(() => window.mediaProbe.heard());
  const found = heard.find(({ hz }) => Math.abs(hz - tonesHz[place]!) < 15);
  if (!found) throw new Error(`hall ${place} is not heard there: ${JSON.stringify(heard)}`);
  return found.trackId;
}

/** When the newest packet of that track came, epoch ms. */
export async function lastPacketAt(page: Page, trackId: string): Promise<number> {
  const inbound = await page.evaluate(() => window.mediaProbe.inbound());
  return inbound.find((stream) => stream.trackId === trackId)?.lastPacketAt ?? 0;
}

/**
 * Passes when no media come to these pages while `during` takes place, over a line by which they
 * came before: RTCP alone is a packet or two a second, sound is fifty.
 */
export async function nothingArrives(pages: Page[], during: () => Promise<void>): Promise<void> {
  const arrived = () =>
    Promise.all(pages.map((page) => page.evaluate(() => window.mediaProbe.arrived())));
  const before = await arrived();
  expect(Math.min(...before)).toBeGreaterThan(20);
  const started = Date.now();
  await during();
  const seconds = (Date.now() - started) / 1_000;
  const after = await arrived();
  after.forEach((packets, place) => expect(packets - before[place]!).toBeLessThan(5 * seconds + 5));
}
