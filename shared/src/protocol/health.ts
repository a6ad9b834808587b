import { z } from 'zod';
import { pictureStates, soundStates } from '../model/health.ts';
import { line } from './scalars.ts';

/** Devices of one kind that a report names. */
const mostDevices = 12;

/** Names a camera or microphone between its hall and the desk; no browser's own number. */
export const deviceKey = z.string().regex(/^[0-9a-z]{1,16}$/);

const deviceChoice = z.strictObject({ key: deviceKey, label: line(80).nullable() });
const devicesOfKind = z.array(deviceChoice).max(mostDevices);

/** A hall's computer's devices; `camera` and `microphone`: those that are open. */
const hallDevices = z.strictObject({
  cameras: devicesOfKind,
  microphones: devicesOfKind,
  camera: deviceKey.nullable(),
  microphone: deviceKey.nullable(),
});

const kbps = z.int().min(0).max(10_000_000).nullable();
const percent = z.int().min(0).max(100).nullable();

const pageHealth = z.strictObject({
  picture: z.enum(pictureStates),
  sound: z.enum(soundStates),
  echo: z.boolean(),
  levelDbfs: z.int().min(-100).max(0).nullable(),
  upKbps: kbps,
  downKbps: kbps,
  upLossPercent: percent,
  downLossPercent: percent,
  rttMs: z.int().min(0).max(60_000).nullable(),
  freezes: z.int().min(0).max(1_000),
  clockOffsetMs: z.int().min(-8_640_000_000).max(8_640_000_000).nullable(),
});

/**
 * What a page of a hall measured, sent when it differs enough from what it last said. `devices`:
 * when they changed. Latest wins; none of it is logged.
 */
export const healthReport = z.strictObject({
  health: pageHealth,
  devices: hallDevices.optional(),
});

export type HealthReport = z.infer<typeof healthReport>;
export type HallDevices = z.infer<typeof hallDevices>;
export type HallDevice = z.infer<typeof deviceChoice>;
