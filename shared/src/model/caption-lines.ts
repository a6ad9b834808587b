/** How captions are set; `columns` counts characters, as broadcasters do. */
export interface CaptionLayout {
  columns: number;
  lines: 2 | 3;
}

/** 37 characters are what a viewer at a hall's end reads at a glance, and teletext's measure. */
export const defaultLayout: CaptionLayout = { columns: 37, lines: 2 };

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** A phrase begins with these: better at a line's start than at its end. */
const openers = setOf(
  `và nhưng để vì nên thì mà của cho với trong tại ở từ đến về khi nếu do bởi theo hoặc hay cùng
   là bằng trên dưới sau trước giữa như rằng tuy`,
);
/** These need the word behind them. */
const leaders = setOf(
  `những các một mỗi rất đã đang sẽ bị được không chưa ông bà anh chị em đồng quận huyện phường xã
   thôn tổ số điều khoản ngày tháng năm giờ thứ lần khoảng hơn gần`,
);

const partsOfDate = setOf('tháng năm khoản điều');

const sentenceEnd = /[.!?…]["”’)]*$/u;
const clauseEnd = /[,;:]["”’)]*$/u;
const figure = /^[\d(][\d.,/:%-]*$/u;
const capitalised = /^\p{Lu}/u;

/** How bad a break between two words is; below nought it is a good place. */
function breakCost(before: string, after: string): number {
  if (sentenceEnd.test(before)) return -6;
  if (clauseEnd.test(before)) return -4;
  // "2,3 tỷ", "Điều 12", "Ba Đình" are read as one; a date of two lines still reads well.
  if (figure.test(before)) return partsOfDate.has(after.toLowerCase()) ? 4 : 8;
  const lower = before.toLowerCase();
  if (figure.test(after)) return leaders.has(lower) ? 9 : 2;
  if (capitalised.test(before) && capitalised.test(after)) return 8;
  if (leaders.has(lower)) return capitalised.test(after) ? 6 : 4;
  if (openers.has(lower)) return 4;
  return openers.has(after.toLowerCase()) ? -2 : 0;
}

/**
 * The lines of a text that does not change any more, broken at phrases: where it fits into
 * `lines` lines they are about as long as each other, and no more than it needs; a longer text is
 * set as `growingLines` sets it. No line is longer than `columns` characters.
 */
export function captionLines(text: string, given: Partial<CaptionLayout> = {}): string[] {
  const layout = { ...defaultLayout, ...given };
  const words = wordsOf(text, layout.columns);
  const count = fewestLines(words, layout.columns);
  if (count > layout.lines) return flow(words, layout.columns);
  return balanced(words, count, layout.columns);
}

/**
 * The lines of a text that still grows: a line depends on its own words and the first that went
 * beyond it, so words added at the end never move what stands in a full line before.
 */
export function growingLines(text: string, columns: number = defaultLayout.columns): string[] {
  return flow(wordsOf(text, columns), columns);
}

/** As `growingLines`, in pages of at most `lines` lines. */
export function pages(text: string, layout: CaptionLayout = defaultLayout): string[][] {
  const lines = growingLines(text, layout.columns);
  return Array.from({ length: Math.ceil(lines.length / layout.lines) }, (_, page) =>
    lines.slice(page * layout.lines, (page + 1) * layout.lines),
  );
}

/** Words of at most `columns` characters: a longer one (an address) is cut. */
function wordsOf(text: string, columns: number): string[] {
  return text
    .normalize('NFC')
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((word) => {
      const letters = [...word];
      return Array.from({ length: Math.ceil(letters.length / columns) }, (_, part) =>
        letters.slice(part * columns, (part + 1) * columns).join(''),
      );
    });
}

function widthOf(words: readonly string[]): number {
  return [...words.join(' ')].length;
}

/** How many of the words fill a line as far as they fit. */
function fitting(words: readonly string[], columns: number): number {
  let count = 0;
  let width = -1;
  while (count < words.length) {
    width += [...words[count]!].length + 1;
    if (width > columns) break;
    count += 1;
  }
  return count;
}

function fewestLines(words: readonly string[], columns: number): number {
  let lines = 0;
  for (let from = 0; from < words.length; lines++) from += fitting(words.slice(from), columns);
  return lines;
}

function flow(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (let from = 0; from < words.length;) {
    const rest = words.slice(from);
    const count = fitting(rest, columns);
    const taken = count === rest.length ? count : bestBreak(rest, count, columns);
    lines.push(rest.slice(0, taken).join(' '));
    from += taken;
  }
  return lines;
}

/** What a line left wholly empty would cost, beside the costs of breaks. */
const emptyCost = 48;

/** Where to break a full line: at a phrase, unless much of the line were left empty. */
function bestBreak(words: readonly string[], most: number, columns: number): number {
  let best = most;
  let least = Infinity;
  for (let count = most; count > 0; count--) {
    const empty = columns - widthOf(words.slice(0, count));
    const cost = breakCost(words[count - 1]!, words[count]!) + emptyCost * (empty / columns) ** 2;
    if (cost < least) [best, least] = [count, cost];
  }
  return best;
}

/** The words in exactly `count` lines, with the least of uneven lengths and bad breaks. */
function balanced(words: readonly string[], count: number, columns: number): string[] {
  if (count <= 1) return words.length > 0 ? [words.join(' ')] : [];
  const ideal = widthOf(words) / count;
  let best: { lines: string[]; cost: number } = { lines: [], cost: Infinity };
  for (let taken = Math.min(fitting(words, columns), words.length - 1); taken > 0; taken--) {
    const rest = words.slice(taken);
    if (fewestLines(rest, columns) > count - 1) break;
    const lines = [words.slice(0, taken).join(' '), ...balanced(rest, count - 1, columns)];
    const cost = lines.reduce((sum, line) => sum + (([...line].length - ideal) / 4) ** 2, 0);
    const breaks = costOfBreaks(lines);
    if (cost + breaks < best.cost) best = { lines, cost: cost + breaks };
  }
  return best.lines;
}

function costOfBreaks(lines: readonly string[]): number {
  return lines.slice(1).reduce((sum, line, index) => {
    const before = lines[index]!.split(' ').at(-1)!;
    return sum + 2 * breakCost(before, line.split(' ')[0]!);
  }, 0);
}
