import { randomUUID } from 'node:crypto';
import type { PairingCodeBody } from '@nhip-cau/shared/protocol/http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast, headTableHz } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import type { Hall } from './support/dialogue.ts';
import {
  bannerSays,
  goesOnSending,
  hears,
  openCamera,
  sees,
  shown,
  wait,
} from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { filled, vi } from './support/words.ts';

const words = vi.moderator;
const questionId = randomUUID();
type Kind = 'audio' | 'video';

interface Sockets {
  pull(kind: Kind): void;
  plug(kind: Kind): void;
  /** Tracks of this kind that are live. */
  live(kind: Kind): number;
}

let cast: Cast;
let hall: Hall;
let moderator: Page;
let screen: Page;

beforeAll(async () => {
  cast = await gatherCast();
  const { id, halls, staff } = cast.dialogue;
  hall = halls[0]!;
  await staff.secretary.command(id, 'question.import', {
    questions: [
      {
        questionId,
        bridgePointId: hall.id,
        text: 'Bao giờ xử lý nước rỉ rác?',
        field: 'Môi trường',
        asker: 'Bà Nguyễn Thị Mận',
        nameVisibility: 'public',
      },
    ],
  });
  await staff.secretary.command(id, 'dialogue.open', {});
  await staff.secretary.command(id, 'question.accept', { questionId });
  await staff.secretary.command(id, 'dialogue.start', {});
  moderator = await cast.paired(hall, 'moderator');
  await moderator.addInitScript(makeRemovable);
  await moderator.reload();
  await openCamera(moderator);
  screen = await cast.paired(halls[1]!, 'screen', { viewport: { width: 1920, height: 1080 } });
});
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

/**
 * Lets a test pull the page's devices out and plug them in again. Chromium cannot take its own fake
 * ones away, so this changes what the browser says of them; what it gives is theirs.
 */
function makeRemovable(): void {
  const out = new Set<string>();
  const opened = new Set<MediaStreamTrack>();
  const { mediaDevices } = navigator;
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const clone = MediaStreamTrack.prototype.clone;
  const keep = (track: MediaStreamTrack) => (opened.add(track), track);
  mediaDevices.enumerateDevices = async () =>
    (await list()).filter(({ kind }) => !out.has(kind.slice(0, 5)));
  mediaDevices.getUserMedia = async (constraints = {}) => {
    for (const kind of ['audio', 'video'] as const) {
      if (constraints[kind] && out.has(kind)) throw new DOMException('pulled', 'NotFoundError');
    }
    const stream = await open(constraints);
    stream.getTracks().forEach(keep);
    return stream;
  };
  MediaStreamTrack.prototype.clone = function () {
    return keep(clone.call(this));
  };
  const live = (kind: Kind) =>
    [...opened].filter((track) => track.kind === kind && track.readyState === 'live');
  const sockets: Sockets = {
    pull(kind) {
      out.add(kind);
      for (const track of live(kind)) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    plug(kind) {
      out.delete(kind);
      mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    live: (kind) => live(kind).length,
  };
  Object.assign(window, { deviceSockets: sockets });
}

const call = (act: keyof Sockets, kind: Kind) =>
  moderator.evaluate(
    ([name, of]) =>
      (window as unknown as { deviceSockets: Sockets }).deviceSockets[name as keyof Sockets](
        of as Kind,
      ),
    [act, kind],
  );
const fault = (device: string) =>
  moderator.getByText(filled(words.camera.failure.unplugged, { device }));

/** Pulls it out, and resolves when the page says so. */
async function pull(kind: Kind): Promise<void> {
  await call('pull', kind);
  await shown(fault(kind === 'audio' ? words.camera.microphone : words.camera.camera));
  expect(await call('live', kind)).toBe(0);
}

/** Plugs it in, and resolves when the page has taken it up again by itself. */
async function plug(kind: Kind): Promise<void> {
  await call('plug', kind);
  await expect.poll(() => call('live', kind), wait).toBeGreaterThan(0);
  await fault(kind === 'audio' ? words.camera.microphone : words.camera.camera).waitFor({
    state: 'hidden',
  });
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('a device that is pulled out and plugged in again', () => {
  it('goes on off air, its microphone closed', async () => {
    await bannerSays(moderator, 'queued');
    await pull('audio');
    await plug('audio');
    await bannerSays(moderator, 'queued');
    await hears(screen, []);
  });

  it('is heard when its turn comes', async () => {
    const { id, staff } = cast.dialogue;
    await staff.host.command(id, 'floor.call', { questionId });
    await bannerSays(moderator, 'onAir');
    await hears(screen, [0]);
    await sees(screen, hall);
  });

  it('shows its picture again on air', async () => {
    await pull('video');
    await plug('video');
    await sees(screen, hall);
    await bannerSays(moderator, 'onAir');
  });

  it('leaves a turn that is held meanwhile silent until a person resumes it', async () => {
    await pull('audio');
    await bannerSays(moderator, 'held');
    await hears(screen, []);
    await plug('audio');
    await bannerSays(moderator, 'held');
    await hears(screen, []);
    await press(moderator, words.bannerAction.resume);
    await bannerSays(moderator, 'onAir');
    await hears(screen, [0]);
  });
});

describe('another computer of the same hall', () => {
  /** Sent by this page so far. */
  const sentBy = (page: Page) => page.evaluate(() => window.mediaProbe.sent('audio'));

  /** The one sends, and meanwhile nothing comes of the other. */
  async function onlyOneSends(sending: Page, silent: Page): Promise<void> {
    await bannerSays(silent, 'replaced');
    await bannerSays(sending, 'onAir');
    const before = await sentBy(silent);
    await goesOnSending(sending, 50);
    expect(await sentBy(silent)).toBeLessThanOrEqual(before);
  }

  const heardHz = async () => {
    const heard = await screen.evaluate(() => window.mediaProbe.heard());
    return heard.map(({ hz }) => (Math.abs(hz - headTableHz) < 15 ? 'spare' : Math.round(hz)));
  };

  it('takes over on air, and gives back what a person takes back', async () => {
    const { admin, id } = cast.dialogue;
    const asked = { bridgePointId: hall.id, deviceRole: 'moderator' };
    const { code } = await admin.post<PairingCodeBody>(`/api/dialogues/${id}/pairing-codes`, asked);
    const spare = await cast.open('/pair', { who: 'spare computer' });
    await spare.getByLabel(words.pair.code).pressSequentially(code.replace('-', '').toLowerCase());
    await spare.getByRole('button', { name: words.pair.submit }).click();
    await openCamera(spare);
    await onlyOneSends(spare, moderator);
    await expect.poll(heardHz, wait).toEqual(['spare']);
    await press(moderator, words.bannerAction.takeOver);
    await onlyOneSends(moderator, spare);
    await hears(screen, [0]);
    await expect.poll(async () => (await heardHz()).length, wait).toBe(1);
    await spare.close();
  });

  it('takes over in a second tab too', async () => {
    const tab = await moderator.context().newPage();
    await tab.goto(moderator.url());
    await press(tab, words.camera.start);
    await onlyOneSends(tab, moderator);
    await hears(screen, [0]);
    expect(cast.faults.found).toEqual([]);
  });
});
