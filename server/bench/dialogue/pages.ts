import type { Browser, Page } from 'playwright-core';
import words from '../../../client/src/locales/vi/moderator.ts';
import { spellGapMs } from '../../load/media/spells.ts';
import { openChromium } from '../support/chromium.ts';
import { installPageWatch, takeWatched, type Watched } from './page-watch.ts';

/** A page of the product and who opens it. */
export interface PagePlace {
  readonly name: PageName;
  readonly path: string;
  /** The whole `Cookie` header of its session. */
  readonly cookie: string;
}

export const pageNames = ['host', 'screen', 'moderator'] as const;
export type PageName = (typeof pageNames)[number];

export interface Pages {
  /** Chromium's first process. */
  readonly pid: number;
  /** Errors of the pages' scripts and consoles, in words. */
  readonly errors: readonly string[];
  watched(): Promise<Record<PageName, Watched>>;
  close(): Promise<void>;
}

const viewport = { width: 1280, height: 720 };
const startMs = 60_000;

/** Opens these pages in one Chromium with a camera and a microphone that are not real. */
export async function openPages(url: string, places: readonly PagePlace[]): Promise<Pages> {
  const own = await openChromium([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ]);
  const errors: string[] = [];
  try {
    const pages = new Map<PageName, Page>();
    for (const place of places) {
      pages.set(place.name, await openPage(own.browser, url, place, errors));
    }
    return {
      pid: own.pid,
      errors,
      async watched() {
        const found: Partial<Record<PageName, Watched>> = {};
        for (const [name, page] of pages) found[name] = await takeWatched(page);
        return found as Record<PageName, Watched>;
      },
      close: own.close,
    };
  } catch (error) {
    await own.close();
    throw error;
  }
}

async function openPage(
  browser: Browser,
  url: string,
  { name, path, cookie }: PagePlace,
  errors: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'vi-VN' });
  context.setDefaultTimeout(startMs);
  await context.addInitScript(installPageWatch, spellGapMs);
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const cut = pair.indexOf('=');
      return { name: pair.slice(0, cut), value: pair.slice(cut + 1), url };
    }),
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(`${name}: ${String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${name}: ${message.text()}`);
  });
  await page.goto(url + path);
  if (name === 'moderator') await startCamera(page);
  return page;
}

/** As the hall's technician does it. */
async function startCamera(page: Page): Promise<void> {
  const button = (text: string) => page.getByRole('button', { name: text, exact: true });
  await button(words.camera.start).click();
  await button(words.camera.stop).waitFor();
}
