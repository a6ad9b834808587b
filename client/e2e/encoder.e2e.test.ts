import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import type { DeviceTokenBody } from '@nhip-cau/shared/protocol/http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { sees, shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { publish } from './support/whip.ts';
import { filled, vi } from './support/words.ts';

let cast: Cast;
let central: BridgePointFact;
let screen: Page;

beforeAll(async () => {
  cast = await gatherCast();
  const { id, admin, halls, staff } = cast.dialogue;
  const bridgePoints = await admin.board<BridgePointFact>(id, 'bridgePoint');
  central = bridgePoints.find(({ isCentral }) => isCentral)!;
  await staff.secretary.command(id, 'dialogue.open', {});
  await staff.secretary.command(id, 'dialogue.start', {});
  screen = await cast.paired(halls[0]!, 'screen');
}, 120_000);
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

describe('an encoder with a token', () => {
  let encoder: DeviceTokenBody;
  let page: Page;
  let session: string;

  it('is given it by the secretariat, to be read once', async () => {
    const setup = await cast.staff('secretary', cast.dialogue.page('setup'));
    await setup.getByRole('link', { name: vi.admin.setup.tabs.pairing }).click();
    await setup
      .getByRole('button', { name: filled(vi.admin.encoder.issueOf, { hall: central.name }) })
      .click();
    const dialog = setup.getByRole('dialog');
    await shown(dialog);
    const [url, token] = await dialog.locator('code').allInnerTexts();
    encoder = { path: new URL(url!).pathname, token: token! };
    expect(encoder).toEqual({ path: `/whip/${central.id}`, token: expect.any(String) });
  });

  it('is the leader’s camera in every hall', async () => {
    page = await cast.open('/pair', { who: 'encoder' });
    session = await publish(page, encoder);
    await sees(screen, { name: vi.screen.leader });
  });

  it('is gone when it says so', async () => {
    const status = await page.evaluate(
      async ([address, token]) =>
        (await fetch(address, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } }))
          .status,
      [session, encoder.token] as const,
    );
    expect(status).toBe(200);
    await expect
      .poll(
        () => screen.evaluate((name) => window.mediaProbe.framesOf(name), vi.screen.leader),
        wait,
      )
      .toBe(0);
  });
});
