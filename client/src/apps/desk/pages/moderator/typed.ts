import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';

/** The words that a person typed for this command; `null` when it has none. */
export function typedIn({ name, payload }: WaitingCommand): string | null {
  switch (name) {
    case 'question.ask':
      return payload.text;
    case 'question.edit':
      return payload.wording ?? null;
    case 'question.return':
      return payload.reason;
    case 'attendance.list':
      return payload.attendees.map((attendee) => attendee.name).join('\n');
    case 'attendance.checkIn':
      return payload.name ?? null;
    case 'attendance.correct':
      return [payload.name, payload.reason].filter(Boolean).join(' – ');
    default:
      return null;
  }
}
