import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaWorkersOf } from '../../load/children.ts';
import { SyntheticBridgePoint } from '../../load/media/bridge-point.ts';
import { packetsOf } from '../../load/media/packets.ts';
import { readRecording } from '../../load/media/recording.ts';
import { startTestApp } from '../support/app.ts';
import type { SocketClient } from '../support/socket-client.ts';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;

const packets = packetsOf(readRecording(), [100, 200, 300]);
const patient = { timeout: 30_000 };
const bridgePoints: SyntheticBridgePoint[] = [];
let test: TestApp;
let app: Awaited<ReturnType<TestApp['start']>>;
let host: SocketClient;
let questions: string[];
let halls: string[];
let central: string;

beforeEach(async () => {
  test = await startTestApp();
  questions = [await test.dialogue.accepted(1), await test.dialogue.accepted(2)];
  halls = [await test.dialogue.hall(1), await test.dialogue.hall(2)];
  central = (await test.dialogue.state()).dialogue!.centralBridgePointId;
  app = await test.start();
  host = await test.connectAs(app.url, hostSubject());
});

afterEach(async () => {
  host.close();
  await Promise.all(bridgePoints.splice(0).map((each) => each.close()));
  await app.close();
  await test.close();
});

const hostSubject = () => ({ kind: 'staff', accountId: test.dialogue.host.accountId }) as const;

/** Comes in and stays. */
async function enter(
  subject: Parameters<TestApp['enter']>[0],
  bridgePointId: string,
): Promise<SyntheticBridgePoint> {
  const bridgePoint = new SyntheticBridgePoint({
    url: app.url,
    ...(await test.enter(subject)),
    dialogueId: test.dialogue.id,
    bridgePointId,
    packets,
    publishes: 'always',
    receives: { maxFeeds: 2 },
  });
  bridgePoints.push(bridgePoint);
  bridgePoint.start();
  return bridgePoint;
}

async function enterAll() {
  const one = await enter(await test.moderatorSubject(1), halls[0]!);
  const two = await enter(await test.moderatorSubject(2), halls[1]!);
  const leader = await enter(hostSubject(), central);
  return { one, two, leader };
}

/** Of whom pictures and sound came, since it was last told to forget. */
function arrived(bridgePoint: SyntheticBridgePoint) {
  const { pictureSpells, soundSpells } = bridgePoint.figures();
  const names = (spells: { of: string }[]) => [...new Set(spells.map(({ of }) => of))].sort();
  return { seen: names(pictureSpells), heard: names(soundSpells) };
}

async function seesAndHears(bridgePoint: SyntheticBridgePoint, whom: readonly string[]) {
  const both = [...whom].sort();
  await expect.poll(() => arrived(bridgePoint), patient).toEqual({ seen: both, heard: both });
}

const send = async (...command: Parameters<SocketClient['send']>) =>
  expect(await host.send(...command)).toMatchObject({ ok: true });

describe('synthetic bridge points over real ICE, DTLS and SRTP', { timeout: 120_000 }, () => {
  it('see and hear who is on air, and nobody else', async () => {
    const { one, two, leader } = await enterAll();
    await send('dialogue.start', {});
    await seesAndHears(one, [central]);
    await seesAndHears(two, [central]);
    expect(arrived(leader)).toEqual({ seen: [], heard: [] });

    await send('floor.call', { questionId: questions[0]! });
    await seesAndHears(two, [central, halls[0]!]);
    await seesAndHears(leader, [halls[0]!]);
    // Hall 1 does not receive itself, and hall 2 sends its sound into a closed gate.
    await seesAndHears(one, [central]);
    const told = (bridgePoint: SyntheticBridgePoint) => {
      const { tier, microphone } = bridgePoint.figures();
      return { tier, microphone };
    };
    await expect.poll(() => told(one), patient).toEqual({ tier: 'onAir', microphone: 'open' });
    await expect.poll(() => told(two), patient).toEqual({ tier: 'standby', microphone: 'closed' });
    expect(two.figures().soundSent).toBeGreaterThan(0);
    expect(leader.figures().pictures.keyFrames).toBeGreaterThan(0);
  });

  it('come back by themselves when their worker is killed', async () => {
    const { one, leader } = await enterAll();
    await send('dialogue.start', {});
    await seesAndHears(one, [central]);
    const before = { one: one.figures().joins, leader: leader.figures().joins };
    for (const pid of mediaWorkersOf(process.pid)) process.kill(pid, 'SIGKILL');
    await expect.poll(() => one.figures().joins, patient).toBeGreaterThan(before.one);
    await expect.poll(() => leader.figures().joins, patient).toBeGreaterThan(before.leader);
    one.forget();
    await seesAndHears(one, [central]);
  });
});
