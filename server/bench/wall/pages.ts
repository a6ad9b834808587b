import type { Page } from 'playwright-core';
import type { SeededSession } from '../../load/seed.ts';
import { openChromium } from '../support/chromium.ts';
import { framesDuring, installFrameWatch } from './frames.ts';

/** One page in a Chromium of its own. */
export interface MeasuredPage {
  /** CPU that this Chromium has used until now, all its processes, in seconds. */
  cpuSeconds(): Promise<number>;
  /** Scrolls, filters and searches for so many seconds; the gaps between frames, in ms. */
  work(seconds: number): Promise<number[]>;
  close(): Promise<void>;
}

const viewport = { width: 1366, height: 768 };
const startMs = 60_000;
const words = ['quận 7', 'diem cau 11', 'Quận 2', 'cầu 40'];

/** Opens the operator's wall, and waits until it shows that all halls are there. */
export async function openWall(options: {
  url: string;
  dialogueId: string;
  session: SeededSession;
  halls: number;
}): Promise<MeasuredPage> {
  const { url, dialogueId, session, halls } = options;
  return openMeasured({
    prepare: async (page) => {
      const [name, value] = session.cookie.split('=', 2);
      await page.context().addCookies([{ name: name!, value: value!, url }]);
      await page.goto(`${url}/desk/dialogues/${dialogueId}/wall`);
      const there = '[data-hall]:not([data-state=offline], [data-state=onAir])';
      const last = page.locator(there).nth(halls - 1);
      await last.waitFor({ state: 'attached' });
    },
    wall: '.wall',
    search: 'input[type=search]',
    filters: ['alarm', 'standby', 'notReady'].map((name) => `.chips .${name}`),
  });
}

/** Opens the bare page, connected to its bare server. */
export function openBarePage(url: string, halls: number): Promise<MeasuredPage> {
  return openMeasured({
    prepare: async (page) => {
      await page.goto(`${url}/?halls=${halls}`);
      await page.locator('body[data-open]').waitFor();
    },
    wall: '#wall',
    search: '#search',
    filters: [],
  });
}

interface Measured {
  prepare: (page: Page) => Promise<void>;
  wall: string;
  search: string;
  filters: string[];
}

async function openMeasured({ prepare, ...places }: Measured): Promise<MeasuredPage> {
  const { browser, close } = await openChromium();
  try {
    const context = await browser.newContext({ viewport, locale: 'vi-VN' });
    context.setDefaultTimeout(startMs);
    await context.addInitScript(installFrameWatch);
    const page = await context.newPage();
    await prepare(page);
    const inside = await browser.newBrowserCDPSession();
    return {
      async cpuSeconds() {
        const { processInfo } = await inside.send('SystemInfo.getProcessInfo');
        return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
      },
      work: (seconds) => framesDuring(page, () => workThrough(page, places, seconds)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function workThrough(
  page: Page,
  { wall, search, filters }: Omit<Measured, 'prepare'>,
  seconds: number,
): Promise<void> {
  const box = await page.locator(wall).boundingBox();
  if (!box) throw new Error(`there is no ${wall} to scroll`);
  const toWall = () => page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const until = performance.now() + seconds * 1_000;
  for (let turn = 0; performance.now() < until; turn += 1) {
    await toWall();
    await wheel(page, turn);
    const filter = filters[turn % filters.length];
    // The second click takes the filter away again.
    for (let clicks = 0; filter && clicks < 2; clicks += 1) {
      await page.locator(filter).click();
      await toWall();
      await wheel(page, turn);
    }
    await page.locator(search).click();
    await page.keyboard.type(words[turn % words.length]!, { delay: 60 });
    await page.waitForTimeout(300);
    await page.locator(search).fill('');
  }
}

/** A way down and back, faster from turn to turn. */
async function wheel(page: Page, turn: number): Promise<void> {
  const step = 120 * (1 + (turn % 4) * 2);
  for (const direction of [1, -1]) {
    for (let notch = 0; notch < 15; notch += 1) {
      await page.mouse.wheel(0, direction * step);
      await page.waitForTimeout(16);
    }
  }
}
