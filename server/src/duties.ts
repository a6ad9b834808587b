import type { DialogueEngine } from './dialogue/kernel/engine.ts';
import type { DialogueState } from './dialogue/kernel/state.ts';
import { LineWatch } from './dialogue/lines/line-watch.ts';
import { ScreenWatch } from './dialogue/presentation/screen-watch.ts';
import { type HallLink, LinkWatch, linkGraceMs } from './dialogue/stage/link-watch.ts';
import { TurnTimer } from './dialogue/stage/turn-timer.ts';
import type { RecordingService } from './recording/recording-service.ts';

export interface DutiesOptions {
  engine: DialogueEngine;
  recordings: () => Pick<RecordingService, 'handleHome' | 'drop'>;
  report: (part: 'link' | 'timer') => (error: unknown, dialogueId: string) => void;
}

/**
 * What only a dialogue's home node does beside the commands: it watches over links, lines and
 * screens, ends turns and records. Every node hears what these watch, for it may become the home.
 */
export class Duties {
  private readonly linkWatch: LinkWatch;
  private readonly lineWatch: LineWatch;
  private readonly screenWatch: ScreenWatch;
  private readonly turnTimer: TurnTimer;
  private readonly recordings: DutiesOptions['recordings'];

  constructor({ engine, recordings, report }: DutiesOptions) {
    this.linkWatch = new LinkWatch(engine, linkGraceMs, report('link'));
    this.lineWatch = new LineWatch(engine, report('link'));
    this.screenWatch = new ScreenWatch(engine, report('link'));
    this.turnTimer = new TurnTimer(engine, report('timer'));
    this.recordings = recordings;
  }

  /** The links of a dialogue's halls now, by `bridgePointId`; a hall without any is left out. */
  handleLinks(dialogueId: string, links: ReadonlyMap<string, HallLink>): void {
    this.linkWatch.handleLinks(dialogueId, links);
    this.lineWatch.handleLinks(dialogueId, links);
  }

  /** The accounts of which a page is open that can talk on a line. */
  handleDesks(dialogueId: string, accountIds: ReadonlySet<string>): void {
    this.lineWatch.handleDesks(dialogueId, accountIds);
  }

  /** The bridge points of a dialogue in whose name a screen is sent now. */
  handleScreens(dialogueId: string, bridgePointIds: ReadonlySet<string>): void {
    this.screenWatch.handleScreens(dialogueId, bridgePointIds);
  }

  /** Call after each commit while this node is the dialogue's home, and when it becomes so. */
  handleState(state: DialogueState): void {
    this.linkWatch.handleState(state);
    this.lineWatch.handleState(state);
    this.screenWatch.handleState(state);
    this.turnTimer.handleState(state);
    this.recordings().handleHome(state);
  }

  /** Another node is the dialogue's home now. */
  drop(dialogueId: string): void {
    this.linkWatch.drop(dialogueId);
    this.lineWatch.drop(dialogueId);
    this.screenWatch.drop(dialogueId);
    this.turnTimer.drop(dialogueId);
    this.recordings().drop(dialogueId);
  }

  /** Ends the watches and the timer; recordings are closed by themselves. Idempotent. */
  close(): void {
    this.turnTimer.close();
    this.screenWatch.close();
    this.lineWatch.close();
    this.linkWatch.close();
  }
}
