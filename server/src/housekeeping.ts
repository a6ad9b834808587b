import type { Logger } from 'pino';
import type { AttachmentService } from './dialogue/attachments/service.ts';
import type { Engine } from './dialogue/kernel/executor.ts';
import type { Homes } from './dialogue/nodes/homes.ts';
import type { SessionService } from './dialogue/people/sessions.ts';
import type { Outside } from './outside.ts';
import type { SpeechService } from './speech/speech-service.ts';

/** How often the sessions of encoders and players are looked through, in ms. */
const outsideCheckMs = 15_000;
/** How often files that no question carries are looked for, in ms. */
const attachmentSweepMs = 3_600_000;
/** How long a dialogue that nobody watches stays in memory, in ms. */
const idleDialogueMs = 30 * 60_000;

export interface HousekeepingParts {
  engine: Engine;
  homes: Homes;
  speeches: SpeechService;
  outside: Outside;
  sessions: SessionService;
  attachments: AttachmentService;
  /** Whether somebody or something still needs the dialogue in memory. */
  isUsed: (dialogueId: string) => boolean;
  log: Logger;
}

/** Puts away from time to time what is used no more; returns how to end that. */
export function startHousekeeping({
  engine,
  homes,
  speeches,
  outside,
  sessions,
  attachments,
  isUsed,
  log,
}: HousekeepingParts): () => void {
  const timers = [
    setInterval(() => {
      engine.sweep(idleDialogueMs, isUsed);
      homes.keepOnly(engine.dialogueIds());
      speeches.keepOnly(engine.dialogueIds());
    }, idleDialogueMs / 10),
    setInterval(() => {
      outside
        .check(sessions, Date.now())
        .catch((err: unknown) => log.error({ err }, 'devices could not be looked through'));
    }, outsideCheckMs),
    setInterval(() => {
      attachments.sweep().catch((err: unknown) => log.error({ err }, 'old files were not removed'));
    }, attachmentSweepMs),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}
