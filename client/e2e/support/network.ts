import type { Page, WebSocketRoute } from 'playwright-core';

/** The line between one page and the city, as a test cuts and mends it. */
export interface Network {
  /** Nothing goes through any more; what was open is gone. */
  cut(): Promise<void>;
  /** It is there again, and the browser says so to its page. */
  mend(): Promise<void>;
}

/** Takes charge of a page's line. The page is loaded anew, so that its sockets go through here. */
export async function networkOf(page: Page): Promise<Network> {
  const sockets = new Set<WebSocketRoute>();
  let isCut = false;
  const context = page.context();
  await context.routeWebSocket(/.*/, (socket) => {
    if (isCut) return void socket.close();
    sockets.add(socket);
    sockets.add(socket.connectToServer());
  });
  await context.route('**/api/**', (route) =>
    isCut ? route.abort('internetdisconnected') : route.continue(),
  );
  await page.reload();
  return {
    async cut() {
      isCut = true;
      await Promise.all([...sockets].map((socket) => socket.close()));
      sockets.clear();
    },
    async mend() {
      isCut = false;
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
    },
  };
}
