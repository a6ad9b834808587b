import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

/** What a receiver saw. */
export interface Watched {
  /** Picture's height a second, 0 where there was none yet. */
  readonly heights: readonly number[];
  readonly framesDecoded: number;
  readonly freezeSeconds: number;
  readonly freezes: number;
  readonly packetsLost: number;
  readonly packetsReceived: number;
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
  const args = ['--no-sandbox', '--disable-background-networking', '--no-first-run'];
  return chromium.launch({ executablePath, args });
}

/** Takes an offer; gives the page, which shows the picture, and its answer. */
export async function answerIn(
  browser: Browser,
  offer: string,
): Promise<{ page: Page; answer: string }> {
  const page = await browser.newPage();
  await page.addScriptTag({ path: join(import.meta.dirname, 'page.js') });
  const answer = await page.evaluate<string>(`receiver.answer(${JSON.stringify(offer)})`);
  return { page, answer };
}

/** Looks at the picture each second for so long. */
export function watch(page: Page, seconds: number): Promise<Watched> {
  return page.evaluate<Watched>(`receiver.watch(${seconds})`);
}
