import { type Browser, chromium } from 'playwright-core';

/** A Chromium of its own. */
export interface OwnChromium {
  /** Its first process: all others are below it. */
  readonly pid: number;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Starts a new Chromium that plays sound unasked and talks to nobody; `args`: more of its own. */
export async function openChromium(args: readonly string[] = []): Promise<OwnChromium> {
  const { getChromium } = (await import('../../../infra/setup/chromium.mjs' as string)) as {
    getChromium: () => Promise<string>;
  };
  const server = await chromium.launchServer({
    executablePath: await getChromium(),
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...args,
    ],
  });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    return { pid: server.process().pid!, browser, close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}
