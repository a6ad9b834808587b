import { type Browser, chromium, type Page } from 'playwright-core';
import words from '../../../client/src/locales/vi/secretary.ts';
import type { SeededSession } from '../../load/seed.ts';
import { questionText } from '../support/questions.ts';
import { barePage } from './bare-page.ts';
import { type Frames, installFrameWatch, workThrough } from './frames.ts';

/** The secretary's desk and the bare page, in one Chromium. */
export interface Desk {
  /** Works on the desk for so many seconds. */
  workOnDesk(seconds: number): Promise<Frames>;
  /** The same on the bare page, while the desk is not in sight. */
  workOnBarePage(seconds: number): Promise<Frames>;
  close(): Promise<void>;
}

export interface DeskOptions {
  url: string;
  dialogueId: string;
  session: SeededSession;
  /** Entries of the list. */
  questions: number;
}

const viewport = { width: 1366, height: 768 };
const startMs = 60_000;

/** Opens the desk at the lane with every question, and waits until the page has them all. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { getChromium } = (await import('../../../infra/setup/chromium.mjs' as string)) as {
    getChromium: () => Promise<string>;
  };
  const browser = await chromium.launch({
    executablePath: await getChromium(),
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
  });
  try {
    const desk = await openDeskPage(browser, options);
    const bare = await browser.newPage({ viewport });
    await bare.addInitScript(installFrameWatch);
    const entries = Array.from({ length: options.questions }, (_, index) => ({
      id: String(index),
      text: questionText(index),
    }));
    await bare.goto('about:blank');
    await bare.setContent(barePage(entries));
    return {
      async workOnDesk(seconds) {
        await desk.bringToFront();
        return workThrough(desk, { list: '[role=listbox]', search: 'input[type=search]', seconds });
      },
      async workOnBarePage(seconds) {
        await bare.bringToFront();
        return workThrough(bare, { list: '#list', search: '#search', seconds });
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function openDeskPage(
  browser: Browser,
  { url, dialogueId, session, questions }: DeskOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'vi-VN' });
  context.setDefaultTimeout(startMs);
  const [name, value] = session.cookie.split('=', 2);
  await context.addCookies([{ name: name!, value: value!, url }]);
  const page = await context.newPage();
  await page.addInitScript(installFrameWatch);
  await page.goto(`${url}/desk/dialogues/${dialogueId}/queue`);
  const all = page.getByRole('button', { name: words.lane.all });
  await all.click();
  const shown = new Intl.NumberFormat('vi').format(questions);
  await page.locator('[role=status]', { hasText: `${shown} / ${shown}` }).waitFor();
  return page;
}
