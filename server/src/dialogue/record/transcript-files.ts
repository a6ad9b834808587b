import { fold } from '@nhip-cau/shared/model/text';
import type { RecordBody, RecordSpeaker } from '@nhip-cau/shared/protocol/http';
import { type RecordLanguage, recordWords } from './words.ts';

const timeZone = 'Asia/Ho_Chi_Minh';
const minCueMs = 1_000;
const maxCueMs = 10_000;
/** A reader's pace for captions (BBC subtitle guidelines: 160–180 words a minute). */
const msPerCharacter = 65;

/**
 * The transcript as WebVTT (W3C), offsets from the dialogue's start. A cue ends where the next
 * begins, or after the time that reading it takes.
 */
export function toWebVtt(record: RecordBody, language: RecordLanguage): string {
  const cues = record.transcript.map((line, index) => {
    const next = record.transcript[index + 1];
    const readMs = Math.min(Math.max(line.text.length * msPerCharacter, minCueMs), maxCueMs);
    const untilNextMs = next === undefined ? readMs : next.offsetMs - line.offsetMs;
    // Lines typed within the same moment still need some time of their own.
    const endMs = line.offsetMs + Math.max(Math.min(readMs, untilNextMs), 1);
    const voice = escapeCue(speakerName(line.speaker, language)).replace(/\s+/g, ' ');
    const text = escapeCue(line.text).replace(/\n+/g, '\n');
    return `${line.id}\n${clock(line.offsetMs)} --> ${clock(endMs)}\n<v ${voice}>${text}`;
  });
  const note = `NOTE\n${record.dialogue.title}\n${record.dialogue.organiser}`;
  return ['WEBVTT', escapeNote(note), ...cues].join('\n\n').trimEnd() + '\n';
}

/** The transcript to read or to paste: a heading, then each speaker's lines with clock times. */
export function toPlainText(record: RecordBody, language: RecordLanguage): string {
  const words = recordWords[language];
  const { dialogue } = record;
  const day = new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  const heading = [
    dialogue.title,
    `${words.organiser}: ${dialogue.organiser}`,
    `${words.startedAt}: ${day.format(dialogue.startedAt ?? dialogue.startsAt)}`,
    words.transcript,
  ];
  const paragraphs: string[] = [];
  let speaking = '';
  for (const line of record.transcript) {
    const speaker = speakerName(line.speaker, language);
    if (speaker !== speaking) paragraphs.push(`\n${speaker}:`);
    speaking = speaker;
    paragraphs.push(`[${time.format(line.at)}] ${line.text.replaceAll('\n', ' ')}`);
  }
  return `${[...heading, ...paragraphs].join('\n')}\n`;
}

/** A file's name that every system takes: `hoi-nghi-doi-thoai-go-bang.vtt`. */
export function fileName(title: string, suffix: string, extension: string): string {
  const stem = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return `${stem || 'nhip-cau'}-${suffix}.${extension}`;
}

function speakerName(speaker: RecordSpeaker, language: RecordLanguage): string {
  const words = recordWords[language];
  if (speaker.kind === 'host') return words.host;
  return `${speaker.asker ?? words.unnamedSpeaker} (${speaker.bridgePointName})`;
}

/** `HH:MM:SS.mmm`. */
function clock(totalMs: number): string {
  const ms = Math.max(0, Math.round(totalMs));
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1_000);
  const hms = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${hms.map(two).join(':')}.${String(ms % 1_000).padStart(3, '0')}`;
}

/** Cue text must hold neither markup nor the arrow. */
function escapeCue(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeNote(text: string): string {
  return text.replaceAll('-->', '→');
}
