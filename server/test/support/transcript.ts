import { randomUUID } from 'node:crypto';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { system } from '../../src/dialogue/kernel/actor.ts';
import type { TranscriptLine } from '../../src/dialogue/kernel/state.ts';
import type { TestDialogue } from './dialogue.ts';

type Heard = CommandPayload<'transcript.hear'>;

/** What an engine says of a text whose words took 500 ms each. */
export function heardLine(bridgePointId: string, text: string, said: Partial<Heard> = {}): Heard {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    startMs: index * 500,
    endMs: index * 500 + 500,
    confidence: 0.9,
  }));
  const startedAt = said.startedAt ?? Date.now();
  const lengthMs = words.length * 500;
  return {
    lineId: randomUUID(),
    runId: randomUUID(),
    bridgePointId,
    startedAt,
    endedAt: startedAt + lengthMs,
    text,
    raw: text.toLowerCase(),
    words,
    confidence: 0.9,
    engine: 'test',
    isLate: false,
    audio: { startMs: 1_000, endMs: 1_000 + lengthMs },
    speakerName: null,
    ...said,
  };
}

/** A dialogue's transcript, worked on by its secretary. */
export class TestTranscript {
  readonly dialogue: TestDialogue;

  constructor(dialogue: TestDialogue) {
    this.dialogue = dialogue;
  }

  /** What an engine has heard in that hall; the line's id. */
  async hear(hall: number | 'central', text: string, said: Partial<Heard> = {}): Promise<string> {
    const state = await this.dialogue.state();
    const bridgePointId =
      hall === 'central' ? state.dialogue!.centralBridgePointId : await this.dialogue.hall(hall);
    const line = heardLine(bridgePointId, text, said);
    await this.dialogue.do(system, 'transcript.hear', line);
    return line.lineId;
  }

  async type(text: string, said: Partial<CommandPayload<'transcript.add'>> = {}): Promise<string> {
    const lineId = randomUUID();
    const line = { lineId, text, speaker: 'host' as const, ...said };
    await this.dialogue.do(this.dialogue.secretary, 'transcript.add', line);
    return lineId;
  }

  async line(lineId: string): Promise<TranscriptLine> {
    const line = (await this.dialogue.state()).linesById.get(lineId);
    if (!line) throw new Error('the line is not there');
    return line;
  }

  /** The line as it is read now, for a command that changes it. */
  async read(lineId: string): Promise<{ lineId: string; revision: number }> {
    return { lineId, revision: (await this.line(lineId)).revision };
  }

  async edit(lineId: string, text: string): Promise<void> {
    const { secretary } = this.dialogue;
    await this.dialogue.do(secretary, 'transcript.edit', { ...(await this.read(lineId)), text });
  }

  /** Puts the second line behind the first one. */
  async merge(lineId: string, nextLineId: string): Promise<void> {
    await this.dialogue.do(this.dialogue.secretary, 'transcript.merge', {
      ...(await this.read(lineId)),
      nextLineId,
      nextRevision: (await this.line(nextLineId)).revision,
    });
  }

  /** Takes these words out of what is published. */
  async redact(lineId: string, words: string, reason = 'Đời tư'): Promise<string> {
    const { text } = await this.line(lineId);
    const start = text.indexOf(words);
    const redactionId = randomUUID();
    await this.dialogue.do(this.dialogue.secretary, 'transcript.redact', {
      ...(await this.read(lineId)),
      redactionId,
      start,
      end: start + words.length,
      reason,
    });
    return redactionId;
  }
}
