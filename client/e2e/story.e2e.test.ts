import type { RecordBody } from '@nhip-cau/shared/protocol/http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import type { Hall } from './support/dialogue.ts';
import { verifyLog } from './support/product.ts';
import {
  bannerSays,
  forward,
  goesOnSending,
  hears,
  lastPacketAt,
  microphoneAt,
  nothingArrives,
  openCamera,
  reads,
  received,
  sees,
  shown,
  wait,
  write,
} from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { beginning, filled, vi } from './support/words.ts';

/** The turn's microphone must be closed for everybody that long after its end, ms. */
const closedWithinMs = 1_000;
const original = 'đường thôn Đông cứ mưa là ngập, bao giờ sửa';
const wording = 'Đề nghị Thành phố cho biết thời gian sửa đường thôn Đông bị ngập khi mưa.';
const secondQuestion = 'Khi nào xã có điểm thu gom vỏ bao thuốc bảo vệ thực vật?';
const thirdQuestion = 'Đề nghị mở thêm lớp dạy nghề cho phụ nữ nông thôn.';
const spoken = 'Thưa đồng chí Bí thư, đường thôn Đông ngập đã ba năm.';
const answered = 'Thành phố giao Sở kiểm tra ngay trong tháng này.';
const escalatedTo = vi.live.escalate.choices.government;

let cast: Cast;
let halls: Hall[];
let host: Page;
let secretary: Page;
let moderators: Page[];
/** The projectors of the second and the third hall. */
let screens: Page[];
let phones: Page[];

beforeAll(async () => {
  cast = await gatherCast();
  halls = cast.dialogue.halls;
});
afterAll(async () => {
  await cast?.close();
});
oneStory(() => cast.explain());

const record = () =>
  cast.dialogue.staff.secretary.get<RecordBody>(`/api/dialogues/${cast.dialogue.id}/record`);

async function choose(lane: keyof typeof vi.secretary.lane, text: string): Promise<void> {
  const lanes = secretary.getByRole('navigation', { name: vi.secretary.lanes });
  await lanes.getByRole('button', { name: beginning(vi.secretary.lane[lane]) }).click();
  await secretary.getByRole('option').filter({ hasText: text }).click();
  await shown(secretary.getByRole('region', { name: vi.secretary.detail }).getByText(text));
}

async function press(action: keyof typeof vi.secretary.action): Promise<void> {
  const detail = secretary.getByRole('region', { name: vi.secretary.detail });
  await detail.getByRole('button', { name: beginning(vi.secretary.action[action]) }).click();
}

async function typeLine(speaker: string, line: string): Promise<void> {
  const dock = secretary.getByRole('region', { name: vi.secretary.transcript.title });
  await dock.getByRole('button', { name: speaker, exact: true }).click();
  await dock.getByRole('textbox').fill(line);
  await dock.getByRole('textbox').press('Enter');
}

/** The card of the phone's own question says so. */
async function phoneSays(phone: Page, text: string, words: string): Promise<void> {
  await shown(phone.getByRole('article').filter({ hasText: text }).getByText(words));
}

/** Ends the turn at the host's table; resolves with the time that the log has for it. */
async function endTurn(): Promise<number> {
  await host.getByRole('button', { name: vi.host.endTurn, exact: true }).click();
  let endedAt: number | null = null;
  await expect
    .poll(async () => (endedAt = (await record()).turns.at(-1)!.endedAt), wait)
    .not.toBeNull();
  return endedAt!;
}

describe('a dialogue from the opened doors to the record', () => {
  it('halls pair by code, open their cameras and count who is there', async () => {
    secretary = await cast.staff('secretary', cast.dialogue.page('queue'));
    await secretary.getByRole('button', { name: vi.secretary.step.open }).click();
    await shown(secretary.getByText(vi.states.dialogue.open));
    host = await cast.staff('host', cast.dialogue.page('host'));

    moderators = await Promise.all(
      halls.map(async (hall, place) => {
        // The first hall's browser would never close its microphone: the server has to.
        const moderator = await cast.paired(hall, 'moderator', { stuckMicrophone: place === 0 });
        await openCamera(moderator);
        await bannerSays(moderator, 'notStarted');
        await moderator.getByLabel(vi.moderator.attendance.count).fill(String(24 + place));
        await moderator.getByRole('button', { name: vi.moderator.attendance.report }).click();
        const reported = { count: 24 + place, time: '' };
        await shown(
          moderator.getByText(filled(vi.moderator.attendance.reportedAt, reported).trim()),
        );
        return moderator;
      }),
    );
  });

  it('screens wait with the way to join, phones join', async () => {
    const viewport = { width: 1920, height: 1080 };
    screens = await Promise.all([
      cast.paired(halls[1]!, 'screen', { viewport }),
      cast.paired(halls[2]!, 'screen', { viewport }),
    ]);
    await shown(screens[0]!.getByText(halls[1]!.joinCode, { exact: true }));
    await shown(screens[0]!.getByText(filled(vi.screen.connected, { count: 3, of: 3 })));
    phones = await Promise.all([
      cast.phone(halls[0]!, 'Nguyễn Thị Hoa'),
      cast.phone(halls[1]!, 'Lê Văn Bình'),
    ]);
    await shown(moderators[0]!.getByText(filled(vi.moderator.attendance.joined, { count: 1 })));
  });

  it('people ask on their phones, and by their moderator', async () => {
    for (const [phone, text] of [
      [phones[0]!, original],
      [phones[1]!, secondQuestion],
    ] as const) {
      await phone.getByLabel(vi.phone.ask.label).fill(text);
      await phone.getByRole('button', { name: vi.phone.ask.send }).click();
      await shown(phone.getByRole('heading', { name: vi.phone.sent.sent.title, exact: true }));
      await phone.getByRole('button', { name: vi.phone.sent.follow }).click();
      await phoneSays(phone, text, vi.states.question.asked);
    }
    await write(moderators[2]!, thirdQuestion);
  });

  it('moderators word and forward', async () => {
    const first = moderators[0]!.getByRole('article').filter({ hasText: original });
    await first.getByLabel(vi.moderator.questions.wording).fill(wording);
    await first.getByLabel(vi.moderator.questions.field).selectOption('Nông thôn mới');
    await forward(moderators[0]!, original);
    await forward(moderators[1]!, secondQuestion);
    await forward(moderators[2]!, thirdQuestion);
    await phoneSays(phones[0]!, original, vi.states.question.forwarded);
    await shown(phones[0]!.getByText(wording));
    await phoneSays(phones[1]!, secondQuestion, vi.states.question.forwarded);
  });

  it('the secretary accepts, the host starts, two halls go on deck', async () => {
    for (const text of [wording, secondQuestion, thirdQuestion]) {
      await choose('incoming', text);
      await press('accept');
    }
    await phoneSays(phones[0]!, original, filled(vi.phone.question.place, { place: 1 }));
    await phoneSays(phones[1]!, secondQuestion, filled(vi.phone.question.place, { place: 2 }));
    await host.getByRole('button', { name: vi.host.floor.start }).click();
    await shown(secretary.getByText(vi.states.dialogue.live));
    for (const text of [wording, secondQuestion]) {
      await choose('scheduled', text);
      await press('prepare');
    }
    await bannerSays(moderators[0]!, 'onDeckNext');
    await bannerSays(moderators[1]!, 'onDeckBehind');
    await phoneSays(phones[0]!, original, vi.states.question.onDeck);
  });

  it('before the call nobody receives anything of them, whatever they send', async () => {
    for (const moderator of moderators) {
      await moderator.getByRole('button', { name: vi.moderator.stage.soundOn }).click();
    }
    await goesOnSending(moderators[0]!, 100);
    for (const page of [host, ...moderators, ...screens]) {
      expect(await received(page)).toEqual([]);
    }
  });

  it('on air every other hall sees and hears the first hall, and no other', async () => {
    await host.getByRole('button', { name: vi.host.table.start }).click();
    await shown(host.getByText(vi.host.table.state.open));
    await sees(screens[0]!, { name: vi.screen.leader });
    const call = host.getByRole('button', { name: beginning(vi.host.floor.call) });
    await shown(call.filter({ hasText: halls[0]!.name }));
    await call.click();
    await bannerSays(moderators[0]!, 'onAir');
    const others = [moderators[1]!, moderators[2]!, ...screens];
    await Promise.all(others.map((page) => hears(page, [0])));
    await Promise.all([...others, host].map((page) => sees(page, halls[0]!)));
    await hears(moderators[0]!, []);
    await phoneSays(phones[0]!, original, vi.states.question.onAir);
  });

  it('what is said is read in every hall and on every phone', async () => {
    await phones[1]!.getByRole('button', { name: vi.phone.follow.captions, exact: true }).click();
    await typeLine(halls[0]!.name, spoken);
    for (const page of [...screens, phones[1]!]) await reads(page, spoken);
    await typeLine(vi.secretary.transcript.host, answered);
    for (const page of [...screens, phones[1]!]) await reads(page, answered);
  });

  it('the host assigns it to an agency, and its asker reads so', async () => {
    await host.getByRole('button', { name: beginning(vi.live.kinds.assigned) }).click();
    const agency = host.getByRole('dialog').getByRole('button', { name: cast.dialogue.agency });
    await agency.click();
    await shown(phones[0]!.getByRole('article').getByText(cast.dialogue.agency));
  });

  it('with the end of the turn its microphone is closed for everybody', async () => {
    const listening = [moderators[1]!, moderators[2]!, ...screens];
    const tracks = new Map<Page, string>();
    for (const page of listening) {
      tracks.set(page, await microphoneAt(page, 0));
      await page.evaluate(() => window.mediaProbe.follow());
    }
    const endedAt = await endTurn();
    // Its browser goes on sending: the server alone keeps it from everybody.
    await goesOnSending(moderators[0]!, 100);
    for (const [page, track] of tracks) {
      const lastAfterMs = (await lastPacketAt(page, track)) - endedAt;
      expect(lastAfterMs).toBeGreaterThan(-2 * closedWithinMs);
      expect(lastAfterMs).toBeLessThan(closedWithinMs);
      await hears(page, []);
    }
    await bannerSays(moderators[0]!, 'standby');
    await phoneSays(phones[0]!, original, vi.states.question.disposed);
  });

  it('the next hall is heard by its own tone, where the last one is silent', async () => {
    await host.getByRole('button', { name: beginning(vi.host.floor.call) }).click();
    await bannerSays(moderators[1]!, 'onAir');
    const others = [moderators[0]!, moderators[2]!, screens[1]!];
    await Promise.all(others.map((page) => hears(page, [1])));
    await Promise.all([...others, host].map((page) => sees(page, halls[1]!)));
    await hears(screens[0]!, []);
    await host.getByRole('button', { name: beginning(vi.live.kinds.answeredHere) }).click();
    await phones[1]!
      .getByRole('button', { name: filled(vi.phone.follow.questions, { count: 1 }) })
      .click();
    await phoneSays(phones[1]!, secondQuestion, vi.phone.disposition.answeredHere);
  });

  it('with the head table off too, no media leave the server within a second', async () => {
    await host.getByRole('button', { name: vi.host.table.stop }).click();
    await shown(host.getByText(vi.host.table.state.off));
    const pages = [moderators[0]!, moderators[2]!, ...screens];
    const endedAt = await endTurn();
    await expect.poll(() => Date.now() - endedAt, wait).toBeGreaterThan(closedWithinMs);
    await nothingArrives(pages, () => goesOnSending(moderators[0]!, 100));
  });

  it('what was not called is answered too, and the dialogue ends', async () => {
    await choose('scheduled', thirdQuestion);
    await secretary.getByRole('button', { name: beginning(vi.live.kinds.escalated) }).click();
    await secretary.getByRole('dialog').getByRole('button', { name: escalatedTo }).click();
    await choose('done', thirdQuestion);
    await secretary.getByRole('button', { name: vi.secretary.step.end, exact: true }).click();
    const sure = secretary.getByRole('dialog');
    await sure.getByRole('button', { name: vi.secretary.step.end, exact: true }).click();
    for (const screen of screens) await shown(screen.getByText(vi.screen.ended.title));
    for (const moderator of moderators) await bannerSays(moderator, 'ended');
    await phones[1]!.getByRole('button', { name: vi.phone.tabs.ask, exact: true }).click();
    await shown(phones[1]!.getByText(vi.phone.ended.title));
  });

  it('the record holds it all', async () => {
    const kept = await record();
    expect(kept.dialogue).toMatchObject({ state: 'ended', title: cast.dialogue.title });
    expect(kept.dialogue.endedAt).toBeGreaterThan(kept.dialogue.startedAt!);
    expect(kept.attendance).toEqual({ expected: 75, headcount: 75, joined: 2, hallsReported: 3 });
    expect(kept.questions).toHaveLength(3);
    const [first, second, third] = [wording, secondQuestion, thirdQuestion].map((text) =>
      kept.questions.find((question) => question.wording === text),
    );
    expect(first).toMatchObject({
      bridgePointId: halls[0]!.id,
      channel: 'phone',
      original,
      field: 'Nông thôn mới',
      state: 'disposed',
      asker: 'Nguyễn Thị Hoa',
      disposition: { kind: 'assigned', agency: cast.dialogue.agency },
    });
    expect(second).toMatchObject({
      bridgePointId: halls[1]!.id,
      original: secondQuestion,
      state: 'disposed',
      disposition: { kind: 'answeredHere' },
    });
    expect(third).toMatchObject({
      bridgePointId: halls[2]!.id,
      channel: 'onBehalf',
      calledAt: null,
      state: 'disposed',
      disposition: { kind: 'escalated', to: escalatedTo },
    });
    expect(kept.turns).toMatchObject([
      { questionId: first!.id, bridgePointId: halls[0]!.id, state: 'ended', budgetMs: 180_000 },
      { questionId: second!.id, bridgePointId: halls[1]!.id, state: 'ended', budgetMs: 180_000 },
    ]);
    for (const { preparedAt, calledAt, endedAt, spokenMs } of kept.turns) {
      expect(preparedAt).toBeLessThan(calledAt!);
      expect(spokenMs).toBeGreaterThan(0);
      expect(spokenMs).toBeLessThanOrEqual(endedAt! - calledAt!);
    }
    expect(kept.transcript).toMatchObject([
      {
        text: spoken,
        turnId: kept.turns[0]!.id,
        speaker: { kind: 'turn', bridgePointName: halls[0]!.name },
      },
      { text: answered, speaker: { kind: 'host' } },
    ]);
  });

  it('the record can be read on its page, and its captions by a browser', async () => {
    await secretary.goto(cast.dialogue.page('record'));
    await shown(secretary.getByText(wording));
    await shown(secretary.getByText(thirdQuestion));
    const principal = await secretary.evaluate(() => sessionStorage.getItem('nhip-cau.principal'));
    const cues = await secretary.evaluate(async (address) => {
      const video = document.body.appendChild(document.createElement('video'));
      const element = video.appendChild(document.createElement('track'));
      element.track.mode = 'hidden';
      const read = new Promise<boolean>((resolve) => {
        element.addEventListener('load', () => resolve(true));
        element.addEventListener('error', () => resolve(false));
      });
      element.src = address;
      if (!(await read)) return null;
      // A cue's rows are broken where a hall can read them.
      return [...element.track.cues!].map((cue) => (cue as VTTCue).text.replaceAll('\n', ' '));
    }, `/api/dialogues/${cast.dialogue.id}/transcript.vtt?principal=${principal}`);
    expect(cues).toHaveLength(2);
    expect(cues![0]).toContain(spoken);
    expect(cues![1]).toContain(answered);
  });

  it('the log is whole, and nothing complained, strayed or was left behind', async () => {
    const { code, output } = await verifyLog(cast.databaseUrl);
    expect(output).toContain('1 dialogues, 0 faults');
    expect(code).toBe(0);
    expect(cast.faults.found).toEqual([]);
    expect(cast.product.troubles()).toEqual([]);
  });
});
