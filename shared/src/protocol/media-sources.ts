export type MediaKind = 'audio' | 'video';

/** What a bridge point can send, at most one of each. */
export const mediaSources = ['camera', 'microphone', 'screen', 'screenSound', 'line'] as const;
export type MediaSource = (typeof mediaSources)[number];

/**
 * What is sent from one computer together: a second computer takes a whole group over. `line` is a
 * private voice line between a hall's technician and an operator.
 */
export type SourceGroup = 'device' | 'screen' | 'line';

export const groupOf: Readonly<Record<MediaSource, SourceGroup>> = {
  camera: 'device',
  microphone: 'device',
  screen: 'screen',
  screenSound: 'screen',
  line: 'line',
};

export const kindOf: Readonly<Record<MediaSource, MediaKind>> = {
  camera: 'video',
  microphone: 'audio',
  screen: 'video',
  screenSound: 'audio',
  line: 'audio',
};

/**
 * How much of the stage a receiver's line carries, from all to almost nothing: pictures, small
 * pictures, a still picture each few seconds, sound alone, captions alone.
 */
export const rungs = ['video', 'small', 'still', 'audio', 'captions'] as const;
export type Rung = (typeof rungs)[number];
