import { commands } from '@nhip-cau/shared/protocol/commands';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import { system } from '../dialogue/kernel/actor.ts';
import type { DialogueEngine } from '../dialogue/kernel/engine.ts';
import type { HeardLine, TranscriptSink } from './ports.ts';

/** Told of what the log does not take, and will not take later either. */
type OnRefused = (dialogueId: string, line: HeardLine, reason: unknown) => void;

/** Brings lines into the dialogues' logs, each with one effect however often it is told. */
export class LogSink implements TranscriptSink {
  private readonly engine: DialogueEngine;
  private readonly onRefused: OnRefused;

  constructor(engine: DialogueEngine, onRefused: OnRefused) {
    this.engine = engine;
    this.onRefused = onRefused;
  }

  async hear(dialogueId: string, line: HeardLine): Promise<void> {
    const name = 'transcript.hear';
    const payload = commands[name].safeParse(line);
    if (!payload.success) return this.onRefused(dialogueId, line, payload.error);
    // One name for line and command: what is told again after a crash is the same command.
    const command = { commandId: line.lineId, dialogueId, name, payload: payload.data } as const;
    const outcome = await this.engine.execute(system, command);
    if (outcome.ok) return;
    if (errorCodes[outcome.error.code].retry) {
      throw new Error(`a line was not taken yet: ${outcome.error.code}`);
    }
    this.onRefused(dialogueId, line, outcome.error);
  }

  async heardUntil(dialogueId: string, runId: string): Promise<number | null> {
    const state = await this.engine.read(dialogueId);
    let until: number | null = null;
    for (const { audio } of state?.lines ?? []) {
      if (audio?.runId === runId) until = Math.max(until ?? 0, audio.endMs);
    }
    return until;
  }
}
