import type { DialogueState } from './dialogue/kernel/state.ts';
import type { SessionService } from './dialogue/people/sessions.ts';
import type { ProgrammeSource } from './dialogue/recording/ports.ts';
import type { MediaService } from './media/media-service.ts';
import { PlayerSessions } from './media/outside/players.ts';
import { OutsideSessions } from './media/outside/sessions.ts';

/** The doors for devices with a token: encoders that publish, players that receive. */
export class Outside {
  readonly encoders: OutsideSessions;
  readonly players: PlayerSessions;

  constructor(media: MediaService, source: ProgrammeSource | null) {
    this.encoders = new OutsideSessions(media);
    this.players = new PlayerSessions(media, source);
  }

  /** Call after each commit: what is over plays no more. */
  handleState({ dialogue, id }: DialogueState): void {
    if (dialogue?.state === 'ended') this.players.closeDialogue(id);
  }

  /** Ends the sessions of devices that are gone, or whose token holds no more. */
  async check(sessions: Pick<SessionService, 'refresh'>, now: number): Promise<void> {
    for (const door of [this.encoders, this.players]) {
      await door.check((sessionIds) => sessions.refresh(sessionIds), now);
    }
  }

  /** Ends what a token opened: it was taken back. */
  closeOf(sessionId: string): void {
    this.encoders.closeOf(sessionId);
    this.players.closeOf(sessionId);
  }

  /** Ends all of them: this node leaves. */
  closeAll(): void {
    this.encoders.closeAll();
    this.players.closeAll();
  }
}
