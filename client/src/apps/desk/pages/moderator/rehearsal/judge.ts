import type { PictureState } from '@nhip-cau/shared/model/health';
import {
  type Check,
  type CheckName,
  checkNames,
  neededDownKbps,
  neededLevelDbfs,
  neededUpKbps,
  toleratedClockMs,
} from '@nhip-cau/shared/model/rehearsal';

/** What each step of the check measures; `null` where it could not. */
export interface Findings {
  camera: boolean;
  picture: PictureState;
  microphone: number | null;
  echo: boolean;
  up: number | null;
  down: number | null;
  clock: number | null;
}

/** What is wrong, when it is: its words are in the locales under `moderator.rehearsal.fault`. */
export type Fault =
  | 'cameraOff'
  | 'black'
  | 'frozen'
  | 'microphoneOff'
  | 'tooQuiet'
  | 'echo'
  | 'notMeasured'
  | 'upSlow'
  | 'downSlow'
  | 'clockWrong';

const judges: { [Name in CheckName]: (found: Findings[Name]) => Fault | null } = {
  camera: (isOn) => (isOn ? null : 'cameraOff'),
  picture: (picture) => (picture === 'ok' ? null : picture === 'off' ? 'cameraOff' : picture),
  microphone: (levelDbfs) => {
    if (levelDbfs === null) return 'microphoneOff';
    return levelDbfs >= neededLevelDbfs ? null : 'tooQuiet';
  },
  echo: (hasEcho) => (hasEcho ? 'echo' : null),
  up: (kbps) => (kbps === null ? 'notMeasured' : kbps >= neededUpKbps ? null : 'upSlow'),
  down: (kbps) => (kbps === null ? 'notMeasured' : kbps >= neededDownKbps ? null : 'downSlow'),
  clock: (offsetMs) => {
    if (offsetMs === null) return 'notMeasured';
    return Math.abs(offsetMs) <= toleratedClockMs ? null : 'clockWrong';
  },
};

export interface Judged extends Check {
  fault: Fault | null;
}

/** Whether one step passed, and what to say when it did not. */
export function judge<Name extends CheckName>(name: Name, found: Findings[Name]): Judged {
  const fault = judges[name](found);
  const value = typeof found === 'number' ? Math.round(found) : null;
  return { result: fault === null ? 'ok' : 'problem', value, fault };
}

/** The step after this one; `null` after the last. */
export const stepAfter = (name: CheckName): CheckName | null =>
  checkNames[checkNames.indexOf(name) + 1] ?? null;
