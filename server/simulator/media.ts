import { quantile } from '../bench/report.ts';
import { Fleet, type FleetHall, troublesOf } from '../load/media/fleet.ts';
import type { House } from './house.ts';
import type { World } from './world.ts';

/** What each layer of a camera comes to, smallest first. */
const layersKbps = [100, 250, 500];
/** Halls of one process. */
const hallsAProcess = 60;
/** The share of the dialogue within which the halls' computers are turned on. */
const turnedOnWithin = 0.08;

export interface MediaFigures {
  mediaBridgePoints: number;
  /** That never had a picture of the stage. */
  mediaWithoutPicture: number;
  /** From connecting until everything was offered and asked for. */
  mediaJoinP95Ms: number;
  /** Joins beyond each one's first. */
  mediaRejoins: number;
  pictureFrames: number;
  /** For each bridge point and minute. */
  freezesAMinute: number;
  /** Packets of pictures that never came, of all, in percent. */
  pictureLossPercent: number;
  /** Cores' time that the synthetic bridge points took. */
  mediaGeneratorCores: number;
}

/** Cameras and microphones of all halls and of the leader's, for as long as the dialogue is held. */
export class HouseMedia {
  readonly #fleet: Fleet;
  readonly #count: number;
  readonly #beganAt = performance.now();

  static async open(house: House, url: string, world: World): Promise<HouseMedia> {
    const media = new HouseMedia(house);
    await media.#fleet.open({
      url,
      dialogueId: house.dialogueId,
      halls: bridgePointsOf(house),
      layersKbps,
      publishes: 'asTold',
      receives: { maxFeeds: 2 },
      withinMs: world.lengthMs * turnedOnWithin,
    });
    return media;
  }

  private constructor(house: House) {
    this.#count = house.halls.length + 1;
    this.#fleet = new Fleet(Math.ceil(this.#count / hallsAProcess));
  }

  /** What it came to; `say` is told why bridge points had to come in again, or could not. */
  async conclude(say: (line: string) => void): Promise<MediaFigures> {
    const all = await this.#fleet.figures();
    for (const [trouble, times] of troublesOf(all)) say(`media: ${trouble}: ${times} times`);
    const { userSeconds, systemSeconds } = this.#fleet.usage();
    const seconds = (performance.now() - this.#beganAt) / 1000;
    const sum = (of: (each: (typeof all)[number]) => number) =>
      all.reduce((total, each) => total + of(each), 0);
    const packets = sum(({ pictures }) => pictures.packets + pictures.lost);
    const lost = sum(({ pictures }) => pictures.lost);
    return {
      mediaBridgePoints: all.length,
      mediaWithoutPicture: this.#count - all.filter(({ pictures }) => pictures.frames > 0).length,
      mediaJoinP95Ms: Math.round(
        quantile(
          all.map(({ joinedMs }) => joinedMs ?? Infinity),
          0.95,
        ),
      ),
      mediaRejoins: sum(({ joins }) => Math.max(0, joins - 1)),
      pictureFrames: sum(({ pictures }) => pictures.frames),
      freezesAMinute: rounded(
        (sum(({ pictures }) => pictures.freezes) * 60) / seconds / all.length,
      ),
      pictureLossPercent: rounded((100 * lost) / Math.max(1, packets)),
      mediaGeneratorCores: rounded((userSeconds + systemSeconds) / seconds),
    };
  }

  close(): Promise<void> {
    return this.#fleet.close();
  }
}

/** The computer that a hall's moderator sits at also feeds its camera: it has the same session. */
function bridgePointsOf({ centralBridgePointId, host, halls }: House): FleetHall[] {
  return [
    { bridgePointId: centralBridgePointId, ...host.session },
    ...halls.map(({ id, moderator }) => ({ bridgePointId: id, ...moderator.session })),
  ];
}

const rounded = (value: number) => Math.round(value * 100) / 100;
