import { randomUUID } from 'node:crypto';
import type { StageFact } from '@nhip-cau/shared/protocol/facts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pdf } from '../../server/test/support/files.ts';
import { launchSharingBrowser, openPage } from './support/browsers.ts';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { password } from './support/dialogue.ts';
import { sees, shown, wait } from './support/stage.ts';
import { filled, vi } from './support/words.ts';

const title = 'Kế hoạch thủy lợi 2027';
const pages = 3;
// The browser's flag takes no other letters.
const tabTitle = 'Canals';
const tabHz = 2_300;
const sharedScreen = { name: vi.screen.presented.screen };
const { share } = vi.presentation;

let cast: Cast;
let sharing: Browser;
let secretary: Page;
let film: Page;
let screen: Page;

beforeAll(async () => {
  [cast, sharing] = await Promise.all([gatherCast(), launchSharingBrowser(tabTitle)]);
  const { dialogue, faults, product } = cast;
  const { id, halls, staff } = dialogue;
  await staff.secretary.command(id, 'dialogue.open', {});
  screen = await cast.paired(halls[1]!, 'screen', { viewport: { width: 1920, height: 1080 } });
  secretary = await openPage(sharing, product.url, faults, { who: 'secretary' });
  await secretary.goto(dialogue.page('queue'));
  await secretary.getByLabel(vi.people.signIn.username).fill('secretary');
  await secretary.getByLabel(vi.people.signIn.password, { exact: true }).fill(password);
  await button(secretary, vi.people.signIn.submit).click();
});
afterAll(async () => {
  await sharing?.close();
  await cast?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await cast.explain();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const pageOnScreen = (page: number) =>
  screen.getByRole('img', { name: filled(vi.screen.presented.page, { title, page, pages }) });
const presented = async () => {
  const { id, staff } = cast.dialogue;
  return (await staff.secretary.board<StageFact>(id, 'stage'))[0]!.presentation;
};

/** A tab with a moving picture and a tone. */
async function openFilm(): Promise<Page> {
  const page = await secretary.context().newPage();
  await page.setContent(`<title>${tabTitle}</title><h1 id="time"></h1>`);
  await page.evaluate((hz) => {
    setInterval(() => {
      document.getElementById('time')!.textContent = String(performance.now());
      document.body.style.background = `hsl(${performance.now() % 360} 80% 50%)`;
    }, 50);
    const context = new AudioContext();
    const tone = context.createOscillator();
    tone.frequency.value = hz;
    tone.connect(context.destination);
    tone.start();
  }, tabHz);
  return page;
}

describe('a document', () => {
  it('is uploaded at the desk and shown in the halls, also before the start', async () => {
    await button(secretary, vi.presentation.open).click();
    const file = { name: `${title}.pdf`, mimeType: 'application/pdf', buffer: pdf(pages) };
    await secretary.getByLabel(vi.presentation.upload.add).setInputFiles(file);
    const second = filled(vi.presentation.show, { page: 2, title });
    await button(secretary, second).click();
    await shown(pageOnScreen(2));
    const widthPx = () =>
      pageOnScreen(2).evaluate((image) => (image as HTMLImageElement).naturalWidth);
    expect(await widthPx()).toBeGreaterThan(500);
  });

  it('is turned by a button and by the page keys', async () => {
    await button(secretary, vi.presentation.next).click();
    await shown(pageOnScreen(3));
    await secretary.keyboard.press('PageUp');
    await shown(pageOnScreen(2));
    await secretary.keyboard.press('PageUp');
    await shown(pageOnScreen(1));
    await secretary.keyboard.press('PageDown');
    await shown(pageOnScreen(2));
  });

  it('leaves the page keys alone while its panel is closed', async () => {
    await button(secretary, vi.common.close).click();
    await secretary.keyboard.press('PageDown');
    await button(secretary, vi.presentation.openShown).click();
    await button(secretary, vi.presentation.previous).click();
    await shown(pageOnScreen(1));
  });

  it('ends for everybody', async () => {
    await button(secretary, vi.presentation.end).click();
    await shown(screen.getByText(vi.screen.waiting));
    expect(await presented()).toBeNull();
  });
});

describe('the desk’s screen', () => {
  it('waits for the start of the dialogue', async () => {
    expect(await button(secretary, share.start).isEnabled()).toBe(false);
    const { id, staff } = cast.dialogue;
    await staff.secretary.command(id, 'dialogue.start', {});
    await expect.poll(() => button(secretary, share.start).isEnabled(), wait).toBe(true);
  });

  it('is shared with its sound once a person asks for it', async () => {
    film = await openFilm();
    await secretary.bringToFront();
    await button(secretary, share.start).click();
    await shown(secretary.getByText(share.sharing));
    await sees(screen, sharedScreen);
    const heard = () =>
      screen.evaluate(
        async (hz) => (await window.mediaProbe.heard()).some((one) => Math.abs(one.hz - hz) < 15),
        tabHz,
      );
    await expect.poll(heard, wait).toBe(true);
  });

  it('is no longer presented once the browser itself ends the sharing', async () => {
    await film.close();
    await shown(button(secretary, share.start));
    await expect.poll(presented, wait).toBeNull();
    const frames = () =>
      screen.evaluate((name) => window.mediaProbe.framesOf(name), sharedScreen.name);
    await expect.poll(frames, wait).toBe(0);
  });
});

describe('the desk’s screen, whose page is loaded anew', () => {
  it('is no longer presented a little later', async () => {
    film = await openFilm();
    await secretary.bringToFront();
    await button(secretary, share.start).click();
    await sees(screen, sharedScreen);
    await secretary.reload();
    await expect.poll(presented, { timeout: 40_000, interval: 500 }).toBeNull();
    await film.close();
  });
});

describe('a hall’s screen', () => {
  it('can be shared while the hall has the floor, and goes with its turn', async () => {
    const { id, halls, staff } = cast.dialogue;
    const [hall] = halls;
    const moderator = await cast.paired(hall!, 'moderator');
    const questionId = randomUUID();
    const text = 'Bao giờ nạo vét kênh nội đồng?';
    const asked = { questionId, bridgePointId: hall!.id, text, field: null, asker: null };
    await staff.secretary.command(id, 'question.import', {
      questions: [{ ...asked, nameVisibility: 'public' }],
    });
    await staff.secretary.command(id, 'question.accept', { questionId });
    await shown(moderator.getByRole('heading', { name: vi.moderator.stage.title }));
    expect(await button(moderator, share.start).count()).toBe(0);
    await staff.secretary.command(id, 'floor.call', { questionId });
    await button(moderator, share.start).click();
    await sees(screen, sharedScreen);
    await shown(screen.getByText(text));
    const [stage] = await staff.secretary.board<StageFact>(id, 'stage');
    await staff.secretary.command(id, 'floor.end', { turnId: stage!.onAir!.turnId });
    await expect.poll(() => button(moderator, share.stop).count(), wait).toBe(0);
    expect(await presented()).toBeNull();
  });

  it('and no page complains', () => {
    expect(cast.faults.found).toEqual([]);
    expect(cast.product.troubles()).toEqual([]);
  });
});
