import type { Page } from 'playwright-core';

/** What a page's frames were like while somebody worked on it. */
export interface Frames {
  /** From one frame to the next, in ms; the last one is the longest. */
  gapsMs: number[];
}

/** As much of a page's `window` as is touched here. */
interface PageWindow {
  requestAnimationFrame(look: (now: number) => void): void;
  takeFrameGaps(): number[];
}

/** Runs in the page: notes when each frame begins. */
export function installFrameWatch(): void {
  const page = globalThis as unknown as PageWindow;
  const gaps: number[] = [];
  let last = performance.now();
  const look = (now: number) => {
    gaps.push(now - last);
    last = now;
    page.requestAnimationFrame(look);
  };
  page.requestAnimationFrame(look);
  page.takeFrameGaps = () => gaps.splice(0);
}

const takeGaps = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as PageWindow).takeFrameGaps());

const words = ['đường liên thôn', 'nuoc sach', 'giay chung nhan', 'Tản Lĩnh'];

/**
 * Scrolls and searches a list as a person does, by wheel and keys, for so many seconds, and says
 * how far apart the frames were. `list` and `search` name them on the page.
 */
export async function workThrough(
  page: Page,
  { list, search, seconds }: { list: string; search: string; seconds: number },
): Promise<Frames> {
  const box = await page.locator(list).boundingBox();
  if (!box) throw new Error(`there is no ${list} to scroll`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await takeGaps(page);
  const until = performance.now() + seconds * 1_000;
  for (let turn = 0; performance.now() < until; turn += 1) {
    await wheel(page, turn);
    await page.locator(search).click();
    await page.keyboard.type(words[turn % words.length]!, { delay: 60 });
    await wheel(page, turn);
    await page.locator(search).fill('');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  }
  return { gapsMs: (await takeGaps(page)).sort((a, b) => a - b) };
}

/** A long way down and back, faster from turn to turn. */
async function wheel(page: Page, turn: number): Promise<void> {
  const step = 120 * (1 + (turn % 8) * 4);
  for (const direction of [1, -1]) {
    for (let notch = 0; notch < 25; notch += 1) {
      await page.mouse.wheel(0, direction * step);
      await page.waitForTimeout(16);
    }
  }
}
