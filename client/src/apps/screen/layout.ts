/** A rectangle of the screen, in percent of its width and of its height. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type LayoutName =
  | 'both'
  | 'speaker'
  | 'leader'
  | 'words'
  | 'presentedSpeaker'
  | 'presentedLeader'
  | 'presentedAlone';

export interface ScreenLayout {
  name: LayoutName;
  /** Smallest width ÷ height of the screen that this row is for. */
  minAspect: number;
  /** The page or screen that is presented; those who speak are then small beside it. */
  presented: Rect | null;
  speaker: Rect | null;
  leader: Rect | null;
  /** The lower third: the hall, the asker and the question. */
  question: Rect;
  /** Rows of the question's words that fit into it. */
  questionLines: number;
  /** Whether the question lies over the foot of the large picture, beside it, or alone. */
  questionPlace: 'over' | 'beside' | 'alone';
  /** Time, who is next. */
  aside: Rect;
  /** Coming halls that fit into it below the time. */
  nextRows: number;
  /** Whether the code to join fits into it below them. */
  hasCode: boolean;
  /** Three rows of captions, or two of larger letters. */
  captions: Rect;
}

/** What there is to show. */
export interface StagePictures {
  speaker: boolean;
  leader: boolean;
  presented: boolean;
}

/** From this on a screen is wide (16:9, 16:10); below it, an older projector's 4:3 or 5:4. */
const wide = 1.5;

const rect = (x: number, y: number, width: number, height: number): Rect => ({
  x,
  y,
  width,
  height,
});

const wideMain = rect(1, 8, 65, 65);
const wideCaptions = { captions: rect(1, 75, 98, 22) };
const tallMain = rect(1, 8, 64, 48);
const tallCaptions = { captions: rect(1, 74, 98, 23) };
const usual = { presented: null, nextRows: 3 } as const;
const over = { questionPlace: 'over', hasCode: true } as const;
const widePresented = {
  minAspect: wide,
  presented: rect(1, 8, 70, 65),
  questionPlace: 'beside',
  hasCode: false,
  ...wideCaptions,
} as const;
const tallPresented = {
  minAspect: 0,
  presented: tallMain,
  question: rect(1, 57, 64, 16),
  questionLines: 2,
  questionPlace: 'beside',
  nextRows: 3,
  hasCode: false,
  ...tallCaptions,
} as const;
/** The one who speaks, in words below, and the time. */
const wideBeside = {
  question: rect(72, 36, 27, 26),
  questionLines: 4,
  aside: rect(72, 63, 27, 10),
  nextRows: 0,
} as const;
const wideInset = rect(72, 8, 27, 27);
const tallInset = rect(66, 8, 33, 25);

/**
 * Every layout of the live screen, the first that fits is taken: a row needs no picture that is not
 * there, and shows every one that is. The rows of the captions never move.
 */
export const screenLayouts: readonly ScreenLayout[] = [
  {
    name: 'both',
    minAspect: wide,
    ...usual,
    speaker: wideMain,
    leader: rect(67, 8, 32, 32),
    question: rect(1, 52, 65, 21),
    questionLines: 3,
    questionPlace: 'over',
    hasCode: false,
    aside: rect(67, 42, 32, 31),
    ...wideCaptions,
  },
  {
    name: 'speaker',
    minAspect: wide,
    ...usual,
    speaker: wideMain,
    leader: null,
    question: rect(1, 52, 65, 21),
    questionLines: 3,
    ...over,
    aside: rect(67, 8, 32, 65),
    ...wideCaptions,
  },
  {
    name: 'leader',
    minAspect: wide,
    ...usual,
    speaker: null,
    leader: wideMain,
    question: rect(1, 52, 65, 21),
    questionLines: 3,
    ...over,
    aside: rect(67, 8, 32, 65),
    ...wideCaptions,
  },
  {
    name: 'words',
    minAspect: wide,
    ...usual,
    speaker: null,
    leader: null,
    question: rect(1, 8, 65, 65),
    questionLines: 6,
    questionPlace: 'alone',
    hasCode: true,
    aside: rect(67, 8, 32, 65),
    ...wideCaptions,
  },
  {
    name: 'both',
    minAspect: 0,
    ...usual,
    speaker: tallMain,
    leader: rect(66, 8, 33, 25),
    question: rect(1, 57, 64, 16),
    questionLines: 2,
    questionPlace: 'over',
    hasCode: false,
    aside: rect(66, 34, 33, 39),
    ...tallCaptions,
  },
  {
    name: 'speaker',
    minAspect: 0,
    ...usual,
    speaker: tallMain,
    leader: null,
    question: rect(1, 57, 64, 16),
    questionLines: 2,
    ...over,
    aside: rect(66, 8, 33, 65),
    ...tallCaptions,
  },
  {
    name: 'leader',
    minAspect: 0,
    ...usual,
    speaker: null,
    leader: tallMain,
    question: rect(1, 57, 64, 16),
    questionLines: 2,
    ...over,
    aside: rect(66, 8, 33, 65),
    ...tallCaptions,
  },
  {
    name: 'words',
    minAspect: 0,
    ...usual,
    speaker: null,
    leader: null,
    question: rect(1, 8, 64, 65),
    questionLines: 6,
    questionPlace: 'alone',
    hasCode: true,
    aside: rect(66, 8, 33, 65),
    ...tallCaptions,
  },
  {
    name: 'presentedSpeaker',
    ...widePresented,
    speaker: wideInset,
    leader: null,
    ...wideBeside,
  },
  {
    name: 'presentedLeader',
    ...widePresented,
    speaker: null,
    leader: wideInset,
    ...wideBeside,
  },
  {
    name: 'presentedAlone',
    ...widePresented,
    speaker: null,
    leader: null,
    question: rect(72, 8, 27, 42),
    questionLines: 7,
    aside: rect(72, 51, 27, 22),
    nextRows: 2,
  },
  {
    name: 'presentedSpeaker',
    ...tallPresented,
    speaker: tallInset,
    leader: null,
    aside: rect(66, 34, 33, 39),
  },
  {
    name: 'presentedLeader',
    ...tallPresented,
    speaker: null,
    leader: tallInset,
    aside: rect(66, 34, 33, 39),
  },
  {
    name: 'presentedAlone',
    ...tallPresented,
    speaker: null,
    leader: null,
    aside: rect(66, 8, 33, 65),
  },
];

/**
 * The layout for these pictures on a screen of `aspect` = width ÷ height. Beside what is presented
 * there is room for one: the speaker, or else the leader.
 */
export function screenLayout(
  { speaker, leader, presented }: StagePictures,
  aspect: number,
): ScreenLayout {
  const leaderShown = leader && !(presented && speaker);
  const layout = screenLayouts.find(
    (row) =>
      aspect >= row.minAspect &&
      (row.presented !== null) === presented &&
      (row.speaker !== null) === speaker &&
      (row.leader !== null) === leaderShown,
  );
  if (!layout) throw new Error(`No layout for an aspect of ${aspect}`);
  return layout;
}

/** A rectangle as the `style` of an absolutely placed element. */
export function placed({ x, y, width, height }: Rect): Record<string, string> {
  return { left: `${x}vw`, top: `${y}vh`, width: `${width}vw`, height: `${height}vh` };
}
