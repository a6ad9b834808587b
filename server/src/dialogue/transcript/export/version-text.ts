import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import { type RecordLanguage, recordWords } from '../../record/words.ts';

const timeZone = 'Asia/Ho_Chi_Minh';

const english = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  dateStyle: 'long',
  timeStyle: 'short',
});
const digits = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A day with its time, as it is written in documents. */
export function dayAndTime(at: number, language: RecordLanguage): string {
  if (language === 'en') return english.format(at);
  const { day, month, year, hour, minute } = Object.fromEntries(
    digits.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${hour} giờ ${minute} phút, ngày ${day} tháng ${month} năm ${year}`;
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });

/** `HH:MM:SS` of the wall clock. */
export const timeOfDay = (at: number): string => clock.format(at);

/** Which version a file is of, and by whom it was certified. */
export function versionText(
  { version, certification }: Pick<TranscriptBody, 'version' | 'certification'>,
  language: RecordLanguage,
): string[] {
  const words = recordWords[language];
  if (certification === null) return [`${words.version} ${version}. ${words.draft}.`];
  const { certifiedBy, at, hash, supersededAt, reason } = certification;
  return [
    `${words.version} ${version}, ${words.certified}.`,
    `${words.certifiedBy}: ${certifiedBy}, ${dayAndTime(at, language)}`,
    `${words.hash}: ${hash}`,
    ...(supersededAt === null
      ? []
      : [
          `${words.supersededAt}: ${dayAndTime(supersededAt, language)}, ${words.reason}: ${reason ?? ''}`,
        ]),
  ];
}
