import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { startTestApp } from './app.ts';
import { opusParameters } from './media-wire.ts';
import type { SocketClient } from './socket-client.ts';

/** A caption as the desk sees it. */
export interface DeskCaption {
  text: string;
  /** When it began, epoch ms. */
  at: number;
  bridgePointId: string;
  audio: { runId: string; startMs: number; endMs: number };
}

/** Opens a client's microphone; gives the transport that takes its packets. */
export async function openMicrophone(client: SocketClient): Promise<string> {
  const ask = async <T>(event: string, payload: unknown) => {
    const answer = await client.request<T & { ok: boolean }>(event, payload);
    expect(answer).toMatchObject({ ok: true });
    return answer;
  };
  await ask('media:join', {});
  const { id } = await ask<{ id: string }>('media:createTransport', { direction: 'send' });
  await ask('media:produce', {
    transportId: id,
    source: 'microphone',
    rtpParameters: opusParameters,
    appData: {},
  });
  return id;
}

/** The newest state of each caption that a page was told, by line. */
export function captionsOf<Caption>(client: SocketClient, audience: string): Caption[] {
  const captions = new Map<string, Caption>();
  for (const delivery of client.deliveries) {
    if (delivery.audience !== audience) continue;
    for (const { collection, id, value } of delivery.puts) {
      if (collection === 'caption' && value) captions.set(id, value as Caption);
    }
  }
  return [...captions.values()];
}

/** Starts the dialogue and calls the first hall for a question that somebody there asks. */
export async function callHall(
  test: Awaited<ReturnType<typeof startTestApp>>,
  clients: Record<'secretary' | 'moderator' | 'asker', SocketClient>,
): Promise<void> {
  const { secretary, moderator, asker } = clients;
  const { bridgePointId } = await test.moderatorSubject(1);
  const questionId = randomUUID();
  const question = { questionId, bridgePointId, text: 'Bao giờ làm đường?', field: null };
  const steps: [SocketClient, string, object][] = [
    [asker, 'question.ask', { ...question, nameVisibility: 'hall' }],
    [moderator, 'question.forward', { questionId }],
    [secretary, 'question.accept', { questionId }],
    [secretary, 'dialogue.start', {}],
    [secretary, 'floor.call', { questionId }],
  ];
  for (const [client, name, payload] of steps) {
    expect(await client.send(name as never, payload as never)).toMatchObject({ ok: true });
  }
}
