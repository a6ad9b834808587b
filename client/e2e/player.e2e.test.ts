import type { BridgePointFact, DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { DeviceTokenBody } from '@nhip-cau/shared/protocol/http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast, headTableHz, tonesHz } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { bannerSays, forward, openCamera, sees, shown, wait, write } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { publish } from './support/whip.ts';
import { filled, vi } from './support/words.ts';

const question = 'Bao giờ nạo vét kênh nội đồng?';
const hallHz = tonesHz[0];
const programme = { name: 'programme' };
const soundAsItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

let cast: Cast;
let moderator: Page;

beforeAll(async () => {
  cast = await gatherCast();
  const { admin, halls, id, staff } = cast.dialogue;
  await staff.secretary.command(id, 'dialogue.open', {});
  moderator = await cast.paired(halls[0]!, 'moderator');
  await openCamera(moderator);
  await write(moderator, question);
  await forward(moderator, question);
  const bridgePoints = await admin.board<BridgePointFact>(id, 'bridgePoint');
  const { id: bridgePointId } = bridgePoints.find(({ isCentral }) => isCentral)!;
  const encoder = await staff.secretary.post<DeviceTokenBody>(`/api/dialogues/${id}/encoders`, {
    bridgePointId,
  });
  await publish(await cast.open('/pair', { who: 'encoder' }), encoder, soundAsItIs);
}, 120_000);
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

/** Plays the programme in a bare page, as a player does; resolves with its session's address. */
function play(page: Page, { path, token }: DeviceTokenBody): Promise<string> {
  return page.evaluate(
    async ([endpoint, bearer]) => {
      const connection = new RTCPeerConnection();
      Object.assign(window, { connection });
      const stream = new MediaStream();
      connection.ontrack = ({ track }) => stream.addTrack(track);
      connection.addTransceiver('audio', { direction: 'recvonly' });
      connection.addTransceiver('video', { direction: 'recvonly' });
      await connection.setLocalDescription();
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${bearer}` },
        body: connection.localDescription!.sdp,
      });
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      const video = document.createElement('video');
      video.setAttribute('aria-label', 'programme');
      video.srcObject = stream;
      document.body.append(video);
      await video.play();
      return answer.headers.get('Location')!;
    },
    [path, token] as const,
  );
}

/** Which of these tones are in the sound that the page plays, over half a second. */
function tonesAt(page: Page, among: number[]): Promise<number[]> {
  return page.evaluate(async (tones) => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    const { srcObject } = document.querySelector('video')!;
    context.createMediaStreamSource(srcObject as MediaStream).connect(analyser);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const heard = new Set<number>();
    const started = context.currentTime;
    while (context.currentTime < started + 0.5) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatFrequencyData(spectrum);
      for (const hz of tones) {
        const bin = Math.round((hz * analyser.fftSize) / context.sampleRate);
        if (Math.max(...spectrum.subarray(bin - 1, bin + 2)) > -50) heard.add(hz);
      }
    }
    await context.close();
    return tones.filter((hz) => heard.has(hz));
  }, among);
}

describe('a screen in an overflow room', () => {
  let issued: DeviceTokenBody;
  let page: Page;
  let session: string;
  const hears = (...tones: number[]) =>
    expect.poll(() => tonesAt(page, [hallHz, headTableHz]), wait).toEqual(tones);

  it('is given a token by the secretariat, to be read once', async () => {
    const hall = cast.dialogue.halls[1]!;
    const setup = await cast.staff('secretary', cast.dialogue.page('setup'));
    await setup.getByRole('link', { name: vi.admin.setup.tabs.pairing }).click();
    await setup
      .getByRole('button', { name: filled(vi.admin.player.issueOf, { hall: hall.name }) })
      .click();
    const dialog = setup.getByRole('dialog');
    await shown(dialog);
    const [url, token] = await dialog.locator('code').allInnerTexts();
    issued = { path: new URL(url!).pathname, token: token! };
    expect(issued).toEqual({ path: `/whep/${hall.id}`, token: expect.any(String) });
  });

  it('shows the title before the dialogue begins', async () => {
    page = await cast.open('/pair', { who: 'player' });
    session = await play(page, issued);
    await sees(page, programme);
    await hears();
  });

  it('shows and plays the leader', async () => {
    const { id, staff } = cast.dialogue;
    await staff.secretary.command(id, 'dialogue.start', {});
    await hears(headTableHz);
    await sees(page, programme);
  });

  it('shows and plays the hall that is called, beside the leader', async () => {
    const { id, staff } = cast.dialogue;
    const questions = () => staff.secretary.board<DeskQuestionFact>(id, 'question');
    await expect.poll(questions, wait).toMatchObject([{ state: 'forwarded' }]);
    const [{ id: questionId }] = (await questions()) as [DeskQuestionFact];
    await staff.secretary.command(id, 'question.accept', { questionId });
    await staff.secretary.command(id, 'floor.call', { questionId });
    await bannerSays(moderator, 'onAir');
    await hears(hallHz, headTableHz);
    await sees(page, programme);
  });

  it('is over as soon as its player hangs up', async () => {
    const asked = () =>
      page.evaluate(
        async ([address, token]) => {
          const { status } = await fetch(address, {
            method: 'PATCH',
            headers: {
              'Content-Type': 'application/trickle-ice-sdpfrag',
              Authorization: `Bearer ${token}`,
              'If-Match': '"none"',
            },
            body: 'a=ice-ufrag:none\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n',
          });
          return status;
        },
        [session, issued.token] as const,
      );
    expect(await asked()).toBe(412);
    await page.evaluate(() => {
      (window as unknown as { connection: RTCPeerConnection }).connection.close();
    });
    await expect.poll(asked, wait).toBe(404);
  });
});
