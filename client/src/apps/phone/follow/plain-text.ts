import type { CaptionLine } from '../../../ui/CaptionLines.vue';

/** As it is copied: one line each, with who spoke where that changes. */
export function plainText(lines: readonly CaptionLine[]): string {
  return lines
    .map(({ speaker, text }, at) =>
      speaker && speaker !== lines[at - 1]?.speaker ? `${speaker}: ${text}` : text,
    )
    .join('\n');
}
