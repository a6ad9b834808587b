import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OnAirTrack } from '../../dialogue/recording/ports.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import { makeCard } from './card.ts';
import { type FeedOutput, ProgrammeFeed, type ProgrammeStage } from './programme-feed.ts';
import { inVp8, isH264 } from './vp8-converter.ts';

export interface ProgrammeOptions {
  ffmpeg: Ffmpeg;
  /** Shown while no camera is. */
  title: string;
  stage: ProgrammeStage;
  onError: (error: unknown) => void;
}

/** One who takes the programme. */
export interface ProgrammeTaker {
  /** When the streams' timestamps were 0, epoch ms. */
  readonly startedAt: number;
  /**
   * Begins anew for whoever could use nothing of what came before: each stream's clock, as a sender
   * report, then a key frame as soon as the camera has one.
   */
  restart(): void;
  requestKeyFrame(): void;
  /** Idempotent. */
  close(): void;
}

const font = 'Be Vietnam Pro,Noto Sans,DejaVu Sans';

/** One dialogue's programme, made once for all who take it, and only while somebody does. */
export class Programme {
  private readonly options: ProgrammeOptions;
  private readonly tracks = new Map<string, OnAirTrack>();
  private readonly outputs = new Set<FeedOutput>();
  private stage: ProgrammeStage;
  private card: Promise<Buffer[]> | null = null;
  private feed: ProgrammeFeed | null = null;

  constructor(options: ProgrammeOptions) {
    this.options = options;
    this.stage = options.stage;
  }

  setStage(stage: ProgrammeStage): void {
    this.stage = stage;
    this.feed?.setStage(stage);
  }

  add(track: OnAirTrack): void {
    this.tracks.set(track.id, track);
    if (this.feed) this.show(this.feed, track);
  }

  remove(id: string): void {
    this.tracks.delete(id);
    this.feed?.remove(id);
  }

  /** Gives its streams to `output` from now on. Rejects where the card cannot be made. */
  async take(output: FeedOutput): Promise<ProgrammeTaker> {
    this.card ??= this.makeCard();
    const { card } = this;
    const payloads = await card.catch((error: unknown) => {
      if (this.card === card) this.card = null;
      throw error;
    });
    this.outputs.add(output);
    this.feed ??= this.openFeed(payloads);
    return {
      startedAt: this.feed.startedAt,
      restart: () => {
        if (this.outputs.has(output)) this.feed?.restart(output);
      },
      requestKeyFrame: () => this.feed?.requestKeyFrame(),
      close: () => {
        this.outputs.delete(output);
        if (this.outputs.size === 0) this.closeFeed();
      },
    };
  }

  /** Nobody gets any more of it. Idempotent. */
  close(): void {
    this.outputs.clear();
    this.closeFeed();
  }

  private openFeed(card: readonly Buffer[]): ProgrammeFeed {
    const toAll = (name: keyof FeedOutput) => (packet: Buffer) => {
      for (const output of this.outputs) output[name](packet);
    };
    const output = { picture: toAll('picture'), speaker: toAll('speaker'), host: toAll('host') };
    const feed = new ProgrammeFeed(this.stage, card, output, this.options.onError);
    for (const track of this.tracks.values()) this.show(feed, track);
    return feed;
  }

  private show(feed: ProgrammeFeed, track: OnAirTrack): void {
    const { ffmpeg, onError } = this.options;
    if (isH264(track)) feed.add(inVp8(track, ffmpeg, onError), true);
    else feed.add(track);
  }

  private closeFeed(): void {
    this.feed?.close();
    this.feed = null;
  }

  private async makeCard(): Promise<Buffer[]> {
    const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-card-'));
    try {
      return await makeCard(this.options.ffmpeg, dir, this.options.title, font);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
}
