import type { Page } from 'playwright-core';

/** As much of a page's `window` as is touched here. */
interface PageWindow {
  requestAnimationFrame(look: (now: number) => void): void;
  frameWatch: { start(): void; stop(): number[] };
}

/** Runs in the page: notes when each frame begins, while somebody asks for it. */
export function installFrameWatch(): void {
  const page = globalThis as unknown as PageWindow;
  let gaps: number[] = [];
  let last: number | null = null;
  const look = (now: number) => {
    if (last === null) return;
    gaps.push(now - last);
    last = now;
    page.requestAnimationFrame(look);
  };
  page.frameWatch = {
    start() {
      gaps = [];
      last = performance.now();
      page.requestAnimationFrame(look);
    },
    stop() {
      last = null;
      return gaps;
    },
  };
}

/** How far apart the frames of the page were during `act`, in ms. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  const watch = (name: 'start' | 'stop') =>
    page.evaluate((asked) => (globalThis as unknown as PageWindow).frameWatch[asked]() ?? [], name);
  await watch('start');
  await act();
  return watch('stop');
}
