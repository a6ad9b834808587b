import type { DialogueState } from '../kernel/state.ts';
import type { DesiredStage, FeedTier } from './media-port.ts';

/**
 * The same stage with every microphone closed: what a node may still carry that cannot read the log
 * any more. Pictures stay; whoever speaks is seen, and heard by nobody.
 */
export function silenced(stage: DesiredStage): DesiredStage {
  const muted = new Set(stage.muted);
  for (const [id, tier] of stage.feeds) if (tier === 'onAir') muted.add(id);
  // A screen has its sound, and a private line is nothing else.
  return { feeds: stage.feeds, screen: null, lines: new Map(), muted };
}

/**
 * What the log says the stage's media should be. The leader's hall is on air while the dialogue is
 * live, whatever becomes of a turn that somebody in that hall has. Any other hall's held turn keeps
 * its feeds ready and its microphone closed, and so do the halls that may be given the floor back at
 * any moment: who was called last, and whose question was spoken of last. A screen has its computer's
 * sound: it is on the stage only where its hall's microphone would be open.
 */
export function desiredStage(state: DialogueState): DesiredStage {
  const feeds = new Map<string, FeedTier>();
  const { dialogue } = state;
  const lines = new Map<string, string>();
  const muted = new Set<string>();
  const closed = { feeds, screen: null, lines, muted };
  if (dialogue === null || dialogue.state === 'ended') return closed;
  for (const { id, state: line, accountId } of state.voiceLines.values()) {
    if (line === 'open' && accountId !== null) lines.set(id, accountId);
  }
  for (const { id, muted: isMuted } of state.equipment.values()) if (isMuted) muted.add(id);
  for (const id of hallsOfTalk(state)) feeds.set(id, 'onDeck');
  for (const turnId of state.onDeckTurnIds) {
    const turn = state.turns.get(turnId);
    if (turn) feeds.set(turn.bridgePointId, 'onDeck');
  }
  const current = state.currentTurnId === null ? undefined : state.turns.get(state.currentTurnId);
  if (current) {
    const open = current.state === 'onAir' && dialogue.state === 'live';
    feeds.set(current.bridgePointId, open ? 'onAir' : 'onDeck');
  }
  if (dialogue.state === 'live') feeds.set(dialogue.centralBridgePointId, 'onAir');
  const shown = dialogue.presentation;
  if (shown?.kind !== 'screen' || muted.has(shown.bridgePointId)) return closed;
  return feeds.get(shown.bridgePointId) === 'onAir'
    ? { ...closed, screen: shown.bridgePointId }
    : closed;
}

/** Where a reply would go, who spoke last first: what `floor.reply` gives the floor to. */
function hallsOfTalk({ questions, talk }: DialogueState): string[] {
  const question = talk.questionId === null ? undefined : questions.get(talk.questionId);
  return [talk.bridgePointId, question?.bridgePointId].filter((id) => typeof id === 'string');
}
