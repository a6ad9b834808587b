import { turnTransitions } from '@nhip-cau/shared/model/floor';
import { questionTransitions } from '@nhip-cau/shared/model/questions';
import { dialogueTransitions } from '@nhip-cau/shared/model/session';
import { transcriptTransitions } from '@nhip-cau/shared/model/transcript';
import { feedMedia, feedTransitions } from '../../server/src/media/feed-tiers.ts';
import { code, type Sections, table } from './fill.ts';

type Table = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/**
 * A transition table as a mermaid state diagram: the first state is where it begins, one without a
 * way out is where it ends. Events between the same two states share an arrow.
 */
export function stateDiagram(transitions: Table): string {
  const lines: string[] = [];
  for (const [state, events] of Object.entries(transitions)) {
    if (lines.length === 0) lines.push(`[*] --> ${state}`);
    const arrows = new Map<string, string[]>();
    for (const [event, next] of Object.entries(events)) {
      if (next !== undefined) arrows.set(next, [...(arrows.get(next) ?? []), event]);
    }
    for (const [next, names] of arrows) lines.push(`${state} --> ${next}: ${names.join(', ')}`);
    if (arrows.size === 0) lines.push(`${state} --> [*]`);
  }
  return mermaid(lines);
}

function feedDiagram(): string {
  const lines = ['[*] --> standby'];
  for (const [from, ways] of Object.entries(feedTransitions)) {
    for (const [to, steps] of Object.entries(ways)) {
      if (from !== to) lines.push(`${from} --> ${to}: ${steps.join(', ')}`);
    }
  }
  return mermaid(lines);
}

function feedTable(): string {
  const rows = Object.entries(feedMedia).map(([tier, media]) => [
    code(tier),
    media.microphone,
    media.camera,
    media.maxSpatialLayer === 0 ? 'the smallest' : 'all three',
    media.consumers,
  ]);
  const head = ['tier', 'microphone', 'camera', 'layers that are sent', "receivers' consumers"];
  return table(head, rows);
}

function mermaid(lines: readonly string[]): string {
  return ['```mermaid', 'stateDiagram-v2', ...lines.map((line) => `  ${line}`), '```'].join('\n');
}

export const stateSections: Sections = {
  'dialogue-states': () => stateDiagram(dialogueTransitions),
  'question-states': () => stateDiagram(questionTransitions),
  'turn-states': () => stateDiagram(turnTransitions),
  'transcript-states': () => stateDiagram(transcriptTransitions),
  'feed-states': () => `${feedTable()}\n\n${feedDiagram()}`,
};
