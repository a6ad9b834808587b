import { isQuestion } from './questions.ts';
import type { SpokenWord } from './spoken.ts';

/** Shortest silence that is more than taking breath, ms. */
const pauseMs = 800;
const longPauseMs = 1_500;
/** Words after which a pause ends a sentence, not a part of one. */
const sentenceWords = 12;
const shortSentenceWords = 4;

// What cannot be the last word of a clause: a speaker who stops there is searching for the next.
const openEnds = new Set(
  `của là và với cho ở tại trong thì mà để do bởi từ đến về những các một mỗi rất đã đang sẽ bị
   hay hoặc nhưng vì nên cùng theo trên dưới khi nếu như số điều khoản ngày tháng thưa`.split(
    /\s+/,
  ),
);
// What goes on with the sentence before.
const linking = new Set('và nhưng để vì nên mà thì do nếu hoặc hay cũng rồi'.split(' '));

const letters = /\p{L}/u;
const marks = /[.,;:!?…]$/u;

/** Whether a text brings its own capitals or marks: then they are left alone. */
export function isWritten(texts: readonly string[]): boolean {
  return texts.some((text) => marks.test(text) || /\p{Lu}/u.test(text)) && !isShouted(texts);
}

/** Whether all of it is in capitals, as the vocabularies of some models are. */
export function isShouted(texts: readonly string[]): boolean {
  const words = texts.filter((text) => letters.test(text));
  return (
    words.join('').length > 1 &&
    words.every((text) => text === text.toUpperCase()) &&
    texts.every((text) => !marks.test(text))
  );
}

/**
 * Sentences of words that have none (times in ms): a pause of 0,8 s ends a part of one, a longer
 * one or one after many words the whole, but never behind a word that needs another. A question
 * mark only where the words surely ask; capitals at sentences' starts.
 */
export function punctuate(words: readonly SpokenWord[]): SpokenWord[] {
  const written: SpokenWord[] = [];
  let start = 0;
  words.forEach((word, index) => {
    const text = index === start ? capital(word.text) : word.text;
    const mark = markBehind(words, start, index);
    written.push({ ...word, text: text + mark });
    if (mark === '.' || mark === '?') start = index + 1;
  });
  return written;
}

/** '', ',', '.' or '?' behind the word at `index` of the sentence that begins at `start`. */
function markBehind(words: readonly SpokenWord[], start: number, index: number): string {
  const word = words[index]!;
  const next = words[index + 1];
  if (!word.isTerm && openEnds.has(word.text.toLowerCase())) return '';
  const pause = next ? next.start - word.end : Infinity;
  if (pause < pauseMs || (next && /^\d/.test(word.text))) return '';
  const asks = () => isQuestion(keysOf(words.slice(start, index + 1)));
  if (pause >= longPauseMs) {
    if (asks()) return '?';
    return !next || index + 1 - start >= shortSentenceWords ? '.' : ',';
  }
  const isLong = index + 1 - start >= sentenceWords;
  if (!isLong || linking.has(next!.text.toLowerCase())) return ',';
  return asks() ? '?' : '.';
}

function keysOf(words: readonly SpokenWord[]): string {
  return words.map(({ text }) => text.toLowerCase()).join(' ');
}

/** A unit's symbol and a figure have no other form at a sentence's start. */
function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
