/** Words of courtesy behind a question. */
const closings = /(?: (?:ạ|vậy|thế|đây|hả|nhỉ))+$/u;

// Ends that ask, whatever stands before them.
const tags = / (?:phải không|đúng không|được không|hay không|hay chưa|được chưa)$/u;

const asking =
  'bao giờ|khi nào|bao nhiêu|bao lâu|thế nào|ra sao|làm sao|tại sao|vì sao|gì|đâu|mấy giờ|mấy ngày|ai';
const askingEnd = new RegExp(` (?:${asking})$`, 'u');
const askingStart = / (?:bao giờ|khi nào|vì sao|tại sao|làm sao|làm thế nào|liệu|có phải) /u;
const askingInside = new RegExp(` (?:${asking}) `, 'u');
const announced = / (?:xin hỏi|cho hỏi|hỏi là|(?:tôi|em|cháu|con) (?:xin |muốn )?hỏi) /u;

/** "xem xét có nên làm hay không" reports a question, "dù thế nào" is none. */
const reported =
  / (?:xem|xem xét|quyết định|tùy|phụ thuộc|dù|bất kể|bất cứ|bất kỳ|(?:không|chưa|chẳng) (?:biết|rõ|hiểu|có|còn|phải)) /u;
/** "ở đâu cũng vậy", "khi nào xong thì báo". */
const general = / (?:cũng|thì|là|đều) /u;
const denied = / (?:thì|là|cũng|còn|vẫn|hoặc) (?:không|chưa)$/u;

/**
 * Whether a sentence (lower case, words with single spaces, no marks) surely asks. Doubtful ones
 * are statements: a wrong question mark in a record changes what was said.
 */
export function isQuestion(sentence: string): boolean {
  const text = ` ${sentence}`.replace(closings, '');
  const padded = `${text} `;
  if (denied.test(text)) return false;
  const isReported = reported.test(padded);
  if (tags.test(text)) return !isReported;
  if (text.endsWith(' không')) return !isReported && / có .+ không$/u.test(text);
  if (text.endsWith(' chưa')) return !isReported && / (?:đã|có) .+ chưa$/u.test(text);
  if (isReported) return false;
  if (announced.test(padded) && askingInside.test(padded)) return true;
  if (askingEnd.test(text)) return !general.test(afterAsking(padded));
  const start = askingStart.exec(padded);
  return start !== null && isNearStart(padded, start.index) && !general.test(padded);
}

function afterAsking(text: string): string {
  return text.slice(Math.max(0, text.search(askingInside)));
}

/** At the start, or behind the one who is asked: "thưa đồng chí bao giờ …". */
function isNearStart(text: string, index: number): boolean {
  const before = text.slice(0, index).trim();
  return before === '' || (/^(?:kính )?thưa /u.test(before) && before.split(' ').length <= 8);
}
