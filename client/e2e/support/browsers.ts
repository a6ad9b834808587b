import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { installMediaProbe } from './media-probe.ts';

const waitMs = 20_000;

/** What no page may do: speak to a third party, complain, break the content security policy. */
export interface Faults {
  readonly found: string[];
}

export interface OpenPageOptions extends BrowserContextOptions {
  /** Who sits there; names a fault's page. */
  who: string;
  stuckMicrophone?: boolean;
}

/** Starts a Chromium of its own with fake devices; `wav` is what its microphone hears, in a loop. */
export function launchBrowser(wav: string): Promise<Browser> {
  return launch(['--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${wav}`]);
}

/** Starts one whose person, asked what to share, chooses the tab with that title, and its sound. */
export function launchSharingBrowser(tabTitle: string): Promise<Browser> {
  const chosen = `--auto-select-tab-capture-source-by-title=${tabTitle}`;
  // Playwright's usual muting would silence what is shared too.
  return launch([chosen, '--disable-audio-output'], ['--mute-audio']);
}

function launch(args: string[], ignoreDefaultArgs: string[] = []): Promise<Browser> {
  return chromium.launch({
    ignoreDefaultArgs,
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      ...args,
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
}

/** Opens a page of the product at `url` in a context of its own, watched for faults. */
export async function openPage(
  browser: Browser,
  url: string,
  faults: Faults,
  { who, stuckMicrophone = false, ...options }: OpenPageOptions,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'vi-VN',
    reducedMotion: 'reduce',
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  context.setDefaultTimeout(waitMs);
  await context.addInitScript(installMediaProbe, { stuckMicrophone });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (violation) => {
      console.error(`policy: ${violation.effectiveDirective} ${violation.blockedURI}`);
    });
  });
  context.on('page', (page) =>
    watch(page, new URL(options.baseURL ?? url).host, (fault) =>
      faults.found.push(`${who}: ${fault}`),
    ),
  );
  return context.newPage();
}

function watch(page: Page, host: string, report: (fault: string) => void): void {
  page.on('pageerror', (error) => report(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') report(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => askedFor(request.url()));
  page.on('websocket', (socket) => askedFor(socket.url()));

  function askedFor(address: string): void {
    const { protocol, host: asked } = new URL(address);
    const isLocal = protocol === 'data:' || protocol === 'blob:';
    if (!isLocal && asked !== host) report(`asked a third party: ${address}`);
  }
}
