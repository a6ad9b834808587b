/** A rectangle of the screen, in percent of its width and of its height. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type LayoutName = 'both' | 'speaker' | 'leader' | 'words';

export interface ScreenLayout {
  name: LayoutName;
  /** Smallest width ÷ height of the screen that this row is for. */
  minAspect: number;
  speaker: Rect | null;
  leader: Rect | null;
  /** The lower third: the hall, the asker and the question. */
  question: Rect;
  /** Rows of the question's words that fit into it. */
  questionLines: number;
  /** Time, who is next. */
  aside: Rect;
  captions: Rect;
  /** Caption rows that fit, at 4.8 % of the height a letter and 1.5 a row. */
  captionRows: number;
}

/** What there is to show. */
export interface StagePictures {
  speaker: boolean;
  leader: boolean;
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
const wideCaptions = { captions: rect(1, 75, 98, 22), captionRows: 3 };
const tallMain = rect(1, 8, 64, 48);
const tallCaptions = { captions: rect(1, 74, 98, 23), captionRows: 3 };

/**
 * Every layout of the live screen, the first that fits is taken: a row needs no picture that is not
 * there, and shows every one that is. The rows of the captions never move.
 */
export const screenLayouts: readonly ScreenLayout[] = [
  {
    name: 'both',
    minAspect: wide,
    speaker: wideMain,
    leader: rect(67, 8, 32, 32),
    question: rect(1, 52, 65, 21),
    questionLines: 3,
    aside: rect(67, 42, 32, 31),
    ...wideCaptions,
  },
  {
    name: 'speaker',
    minAspect: wide,
    speaker: wideMain,
    leader: null,
    question: rect(1, 52, 65, 21),
    questionLines: 3,
    aside: rect(67, 8, 32, 65),
    ...wideCaptions,
  },
  {
    name: 'leader',
    minAspect: wide,
    speaker: null,
    leader: wideMain,
    question: rect(1, 52, 65, 21),
    questionLines: 3,
    aside: rect(67, 8, 32, 65),
    ...wideCaptions,
  },
  {
    name: 'words',
    minAspect: wide,
    speaker: null,
    leader: null,
    question: rect(1, 8, 65, 65),
    questionLines: 6,
    aside: rect(67, 8, 32, 65),
    ...wideCaptions,
  },
  {
    name: 'both',
    minAspect: 0,
    speaker: tallMain,
    leader: rect(66, 8, 33, 25),
    question: rect(1, 57, 64, 16),
    questionLines: 2,
    aside: rect(66, 34, 33, 39),
    ...tallCaptions,
  },
  {
    name: 'speaker',
    minAspect: 0,
    speaker: tallMain,
    leader: null,
    question: rect(1, 57, 64, 16),
    questionLines: 2,
    aside: rect(66, 8, 33, 65),
    ...tallCaptions,
  },
  {
    name: 'leader',
    minAspect: 0,
    speaker: null,
    leader: tallMain,
    question: rect(1, 57, 64, 16),
    questionLines: 2,
    aside: rect(66, 8, 33, 65),
    ...tallCaptions,
  },
  {
    name: 'words',
    minAspect: 0,
    speaker: null,
    leader: null,
    question: rect(1, 8, 64, 65),
    questionLines: 6,
    aside: rect(66, 8, 33, 65),
    ...tallCaptions,
  },
];

/** The layout for these pictures on a screen of `aspect` = width ÷ height. */
export function screenLayout({ speaker, leader }: StagePictures, aspect: number): ScreenLayout {
  const layout = screenLayouts.find(
    (row) =>
      aspect >= row.minAspect &&
      (row.speaker !== null) === speaker &&
      (row.leader !== null) === leader,
  );
  if (!layout) throw new Error(`No layout for an aspect of ${aspect}`);
  return layout;
}

/** A rectangle as the `style` of an absolutely placed element. */
export function placed({ x, y, width, height }: Rect): Record<string, string> {
  return { left: `${x}vw`, top: `${y}vh`, width: `${width}vw`, height: `${height}vh` };
}
