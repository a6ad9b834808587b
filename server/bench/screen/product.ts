import { randomUUID } from 'node:crypto';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { StageFact } from '@nhip-cau/shared/protocol/facts';
import { openLoadDatabase } from '../../load/database.ts';
import { LightClient } from '../../load/light-client.ts';
import { SyntheticBridgePoint } from '../../load/media/bridge-point.ts';
import type { Packets } from '../../load/media/packets.ts';
import { createReplica } from '../../load/replica.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { questionText } from '../support/questions.ts';
import { until } from '../support/until.ts';

export interface Product {
  /** The address of the screen's page. */
  url: string;
  /** Its session, as a cookie's name and value. */
  cookie: { name: string; value: string };
}

const joinedWithinMs = 20_000;
/** As much as one command gives; the turn lasts as long as anybody measures. */
const moreSeconds = 1_800;
const extensions = 4;

/** The real server with a leader and a hall on air, and the screen of another hall. */
export async function openProduct(packets: Packets, closers: (() => unknown)[]): Promise<Product> {
  const database = await openLoadDatabase('screen');
  closers.push(() => database.close());
  const { centralBridgePointId, dialogueId, halls, host, secretaries } = await seedDialogue({
    databaseUrl: database.url,
    bridgePoints: 2,
    persons: 0,
  });
  const server = await startLoadServer({ ...database, databaseUrl: database.url });
  closers.push(() => server.stop());
  const [speaking, watching] = halls;
  const place = { url: server.url, dialogueId };
  const sending = { ...place, packets, publishes: 'asTold', receives: null } as const;
  const cameras = [
    new SyntheticBridgePoint({ ...sending, ...host, bridgePointId: centralBridgePointId }),
    new SyntheticBridgePoint({
      ...sending,
      ...speaking!.moderator,
      bridgePointId: speaking!.bridgePointId,
    }),
  ];
  for (const camera of cameras) {
    camera.start();
    closers.push(() => camera.close());
  }
  const joined = () => cameras.every((camera) => camera.figures().isJoined);
  if (!(await until(joined, joinedWithinMs))) throw new Error('the cameras did not come in');

  const desk = await LightClient.connect({ ...place, ...secretaries[0]! });
  closers.push(() => desk.destroy());
  const hall = await LightClient.connect({ ...place, ...speaking!.moderator });
  const questionId = randomUUID();
  await send(hall, 'question.ask', {
    questionId,
    bridgePointId: speaking!.bridgePointId,
    text: questionText(0),
    field: null,
    nameVisibility: 'public',
    onBehalfOf: { name: null },
  });
  await send(hall, 'question.forward', { questionId });
  hall.close();
  await send(desk, 'question.accept', { questionId });
  await send(desk, 'floor.prepare', { questionId });
  await send(desk, 'floor.call', { questionId });
  const turnId = await turnOnAir(desk);
  for (let time = 0; time < extensions; time += 1) {
    await send(desk, 'floor.extend', { turnId, seconds: moreSeconds });
  }

  const { bridgePointId, screen } = watching!;
  const [name, value] = screen.cookie.split('=', 2);
  const url = `${server.url}/screen?bridgePoint=${bridgePointId}`;
  return { url, cookie: { name: name!, value: value! } };
}

async function turnOnAir(desk: LightClient): Promise<string> {
  const answer = await desk.sync();
  if (!answer.ok) throw new Error(`sync: ${answer.error.code}`);
  const { replica, boards } = createReplica();
  replica.handleSynced(answer.audiences);
  const [stage] = [...boards['everyone']!['stage']!.values()] as StageFact[];
  return stage!.onAir!.turnId;
}

async function send<Name extends CommandName>(
  client: LightClient,
  name: Name,
  payload: CommandPayload<Name>,
): Promise<void> {
  const outcome = await client.send(name, payload);
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
}
