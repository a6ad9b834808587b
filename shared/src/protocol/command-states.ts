import type { DialogueState } from '../model/session.ts';
import type { CommandName } from './commands.ts';

const beforeEnd = ['draft', 'open', 'live', 'paused'] as const;
const doorsOpen = ['open', 'live', 'paused'] as const;
const begun = ['live', 'paused', 'ended'] as const;
const always = [...beforeEnd, 'ended'] as const;

/**
 * In which states of the dialogue a command can be carried out: after the end the record stands,
 * and only the transcript, dispositions that are still owed and the question of who may read it
 * are left.
 */
export const commandStates: Record<CommandName, readonly DialogueState[]> = {
  // Carried out where there is no dialogue yet; its own transitions say the rest.
  'dialogue.create': always,
  'dialogue.open': always,
  'dialogue.start': always,
  'dialogue.pause': always,
  'dialogue.resume': always,
  'dialogue.end': always,

  'dialogue.configure': beforeEnd,
  'bridgePoint.import': beforeEnd,
  'bridgePoint.update': beforeEnd,
  'member.assign': always,
  'member.remove': always,

  'participant.join': doorsOpen,
  'attendance.report': [...doorsOpen, 'ended'],
  'attendance.list': [...beforeEnd, 'ended'],
  'attendance.checkIn': doorsOpen,
  'attendance.checkOut': doorsOpen,
  'attendance.correct': [...doorsOpen, 'ended'],
  'attendance.remove': [...beforeEnd, 'ended'],
  'presentation.addDeck': beforeEnd,
  'presentation.removeDeck': beforeEnd,
  'presentation.showDeck': doorsOpen,
  'presentation.showScreen': doorsOpen,
  'presentation.end': doorsOpen,
  'presentation.drop': doorsOpen,
  'hand.raise': doorsOpen,
  'hand.lower': doorsOpen,
  'question.ask': doorsOpen,
  'question.receive': ['open'],
  'question.import': beforeEnd,
  'question.edit': doorsOpen,
  'question.forward': doorsOpen,
  'question.recall': doorsOpen,
  'question.return': doorsOpen,
  'question.unreturn': doorsOpen,
  'question.accept': doorsOpen,
  'question.unaccept': doorsOpen,
  'question.move': doorsOpen,
  'question.unpin': doorsOpen,
  'question.merge': doorsOpen,
  'question.unmerge': doorsOpen,
  // Its parts are looked up here too, under their own names.
  'question.bulk': [...doorsOpen, 'ended'],
  'question.note': always,
  'question.unnote': always,
  'question.brief': always,
  'question.support': doorsOpen,
  'question.unsupport': doorsOpen,
  'question.withdraw': doorsOpen,
  'question.dispose': [...doorsOpen, 'ended'],
  'question.undispose': [...doorsOpen, 'ended'],

  'floor.prepare': doorsOpen,
  'floor.release': doorsOpen,
  'floor.call': ['live'],
  'floor.callHand': ['live'],
  'floor.reply': ['live'],
  'floor.hostTurn': ['live'],
  'floor.extend': ['live', 'paused'],
  'floor.resume': ['live'],
  'floor.hold': ['live', 'paused'],
  'floor.end': ['live', 'paused'],
  'transcript.add': ['live', 'paused'],
  // Once it has begun: what was said at the end is heard after it, and the transcript is worked on.
  'transcript.hear': begun,
  'transcript.edit': begun,
  'transcript.attribute': begun,
  'transcript.split': begun,
  'transcript.merge': begun,
  'transcript.remove': begun,
  'transcript.restore': begun,
  'transcript.replace': begun,
  'transcript.redact': begun,
  'transcript.unredact': begun,
  'transcript.finish': begun,
  'transcript.reopen': begun,
  'transcript.certify': begun,
  'transcript.supersede': begun,
  'transcript.vocabulary': always,
  'transcript.mute': beforeEnd,

  'recording.start': doorsOpen,
  'recording.stop': always,
  'broadcast.start': doorsOpen,
  'broadcast.stop': always,

  'rehearsal.report': beforeEnd,
  'rollCall.mark': beforeEnd,
  'line.say': beforeEnd,
  'line.ring': beforeEnd,
  'line.answer': beforeEnd,
  'line.hangUp': always,
  'line.drop': always,
  'equipment.ask': beforeEnd,
};
