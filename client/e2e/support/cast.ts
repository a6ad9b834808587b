import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createTestDatabase } from '../../../server/test/support/postgres.ts';
import { speak } from '../../../server/test/support/speech/spoken.ts';
import { launchBrowser, openPage } from './browsers.ts';
import type { Faults, OpenPageOptions } from './browsers.ts';
import { password, prepareDialogue } from './dialogue.ts';
import type { Hall, PreparedDialogue } from './dialogue.ts';
import { startProduct } from './product.ts';
import type { Product } from './product.ts';
import { writeToneWav } from './tone.ts';
import { vi } from './words.ts';

/** What each microphone hears: far apart, and none a harmonic of another. */
export const tonesHz = [500, 730, 1_170] as const;
/** What the microphone of the browser hears that all but the halls share. */
export const headTableHz = 1_900;
const results = fileURLToPath(new URL('../../../test-results', import.meta.url));

/** The running product with a prepared dialogue, and the people who open its pages. */
export interface Cast {
  readonly databaseUrl: string;
  readonly product: Product;
  readonly dialogue: PreparedDialogue;
  readonly faults: Faults;
  /** Somebody with an account at this page of the desk, signed in through the door. */
  staff(username: string, path: string): Promise<Page>;
  /** A hall's computer or projector, paired by typing its code. */
  paired(
    hall: Hall,
    role: 'moderator' | 'screen',
    options?: Partial<OpenPageOptions>,
  ): Promise<Page>;
  /** A phone in that hall, joined by the address under its QR code. */
  phone(hall: Hall, name: string, options?: Partial<OpenPageOptions>): Promise<Page>;
  /** Any other page, in the browser that all but the halls share. */
  open(path: string, options: OpenPageOptions): Promise<Page>;
  /** After a failure: pictures of every page in `test-results`, and what went wrong around it. */
  explain(): Promise<void>;
  /** Closes everything; resolves with the server's exit code. */
  close(): Promise<number | null>;
}

/**
 * Starts the product on a database of its own, in this environment, and one browser beside one for
 * each hall. Its microphone hears a tone, or, in the first hall, somebody who says this again and
 * again.
 */
export async function gatherCast(
  env: Record<string, string> = {},
  spoken: readonly string[] = [],
): Promise<Cast> {
  const directory = await mkdtemp(join(tmpdir(), 'nhip-cau-tones-'));
  const database = await createTestDatabase();
  const product = await startProduct(database.url, env);
  const dialogue = await prepareDialogue(product);
  const faults: Faults = { found: [] };
  const browsers = new Map<string, Promise<Browser>>();
  let pictures = 0;

  /** One a microphone: the WAV is given to a whole browser. */
  function browserOf(name: string, toneHz: number): Promise<Browser> {
    let browser = browsers.get(name);
    if (!browser) {
      const wav = join(directory, `${toneHz}.wav`);
      const speaks = toneHz === tonesHz[0] && spoken.length > 0;
      browser = (speaks ? speak(spoken, wav) : writeToneWav(wav, toneHz)).then(() =>
        launchBrowser(wav),
      );
      browsers.set(name, browser);
    }
    return browser;
  }

  async function open(path: string, options: OpenPageOptions): Promise<Page> {
    const page = await openPage(
      await browserOf('shared', headTableHz),
      product.url,
      faults,
      options,
    );
    await page.goto(path);
    return page;
  }

  return {
    databaseUrl: database.url,
    product,
    dialogue,
    faults,
    open,

    async staff(username, path) {
      const page = await open(path, { who: username });
      await page.getByLabel(vi.people.signIn.username).fill(username);
      await page.getByLabel(vi.people.signIn.password, { exact: true }).fill(password);
      await page.getByRole('button', { name: vi.people.signIn.submit, exact: true }).click();
      await page.waitForURL((address) => address.pathname === path);
      return page;
    },

    async paired(hall, role, options = {}) {
      const who = `${role} ${hall.name}`;
      const isScreen = role === 'screen';
      const tone = tonesHz[dialogue.halls.indexOf(hall)]!;
      const browser = isScreen
        ? await browserOf('shared', headTableHz)
        : await browserOf(hall.id, tone);
      const page = await openPage(browser, product.url, faults, { who, ...options });
      await page.goto('/pair');
      // As people type: small letters, no hyphen.
      const typed = hall.codes[role].replace('-', '').toLowerCase();
      await page.getByLabel(vi.moderator.pair.code).pressSequentially(typed);
      await page.getByRole('button', { name: vi.moderator.pair.submit }).click();
      await page.waitForURL(isScreen ? `**/screen?bridgePoint=${hall.id}` : `**/hall/${hall.id}`);
      return page;
    },

    async phone(hall, name, options = {}) {
      const page = await open(`/j/${hall.joinCode}`, {
        who: `phone of ${name}`,
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        isMobile: true,
        ...options,
      });
      await page.getByLabel(vi.phone.join.name.optional).fill(name);
      await page.getByRole('button', { name: vi.phone.join.go }).click();
      return page;
    },

    async explain() {
      await mkdir(results, { recursive: true });
      for (const browser of browsers.values()) {
        const pages = (await browser).contexts().flatMap((context) => context.pages());
        for (const page of pages) {
          const name = `${++pictures}-${new URL(page.url()).pathname.replaceAll('/', '_')}.png`;
          await page.screenshot({ path: join(results, name), timeout: 5_000 }).catch(() => {});
        }
      }
      console.error([...faults.found, ...product.troubles()].join('\n'));
    },

    async close() {
      dialogue.close();
      for (const browser of browsers.values()) await (await browser).close();
      const code = await product.stop();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
      return code;
    },
  };
}
