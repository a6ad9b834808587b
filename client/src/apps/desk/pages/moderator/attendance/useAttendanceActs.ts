import { useI18n } from 'vue-i18n';
import { newId } from '../../../../../core/connection/new-id.ts';
import type { HallAttendee } from '../hall-attendance.ts';
import type { UseHall } from '../useHall.ts';
import type { Correction } from './correction.ts';

/** As the protocol's schema says, which this page does not carry. */
const maxListed = 500;

/** What is done to the list of those who are there, each step with its way back. */
export function useAttendanceActs({ bridgePointId, give }: UseHall) {
  const { t } = useI18n();
  const done = (act: string, name: string | null) =>
    t(`moderator.done.${act}`, { name: name ?? t('moderator.questions.unnamed') });

  return {
    checkIn: ({ id: attendeeId, name }: HallAttendee) =>
      give('attendance.checkIn', { bridgePointId, attendeeId }, done('checkIn', name)),
    checkInNew: (name: string) =>
      give(
        'attendance.checkIn',
        { bridgePointId, attendeeId: newId(), name },
        done('checkIn', name),
      ),
    checkOut: ({ id: attendeeId, name }: HallAttendee) =>
      give('attendance.checkOut', { attendeeId }, done('checkOut', name)),
    correct: ({ id: attendeeId, name }: HallAttendee, correction: Correction) =>
      give('attendance.correct', { attendeeId, ...correction }, done('correct', name)),
    remove: ({ id: attendeeId }: HallAttendee) => give('attendance.remove', { attendeeId }),
    list(names: readonly string[]) {
      for (let from = 0; from < names.length; from += maxListed) {
        const attendees = names
          .slice(from, from + maxListed)
          .map((name) => ({ attendeeId: newId(), name }));
        give('attendance.list', { bridgePointId, attendees });
      }
    },
  };
}
