import type {
  TranscriptBody,
  TranscriptQuestion,
} from '@nhip-cau/shared/protocol/transcript-record';
import { type RecordLanguage, recordWords } from '../../record/words.ts';
import { speakerName } from './speaker-name.ts';
import { dayAndTime, timeOfDay, versionText } from './version-text.ts';

/** To read or to paste: a heading, then by question each speaker's lines with clock times. */
export function toPlainText(transcript: TranscriptBody, language: RecordLanguage): string {
  const words = recordWords[language];
  const { dialogue, lines } = transcript;
  const questions = new Map(transcript.questions.map((question) => [question.id, question]));
  const text = [
    dialogue.title,
    `${words.organiser}: ${dialogue.organiser}`,
    `${words.startedAt}: ${dayAndTime(dialogue.startedAt ?? dialogue.startsAt, language)}`,
    words.transcript,
    ...versionText(transcript, language),
  ];
  let speaking = '';
  let questionId: string | null = null;
  for (const line of lines) {
    const question = line.questionId === null ? undefined : questions.get(line.questionId);
    if (question && question.id !== questionId) {
      text.push(`\n${questionHeading(question, language)}`);
      speaking = '';
    }
    questionId = line.questionId;
    const speaker = speakerName(line.speaker, language);
    if (speaker !== speaking) text.push(`\n${speaker}:`);
    speaking = speaker;
    text.push(`[${timeOfDay(line.at)}] ${line.text.replaceAll('\n', ' ')}`);
  }
  return `${text.join('\n')}\n`;
}

/** What the lines behind it are about, and who asked it where. */
export function questionHeading(
  { wording, bridgePointName, asker }: TranscriptQuestion,
  language: RecordLanguage,
): string {
  const words = recordWords[language];
  const who = asker === null ? bridgePointName : `${bridgePointName}, ${words.asker} ${asker}`;
  return `${words.question}: ${wording.replaceAll(/\s+/g, ' ')} (${who})`;
}
