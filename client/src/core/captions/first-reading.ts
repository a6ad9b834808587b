import { redactionMark } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';

/**
 * Captions as this page has first shown them: where they are read at a glance a final line stays as
 * it is, whatever is corrected later. What was taken out of one since is not shown any longer.
 */
export class FirstReading {
  private texts = new Map<string, string>();

  of(captions: readonly CaptionFact[]): CaptionFact[] {
    const before = this.texts;
    const textOf = ({ id, text }: CaptionFact) =>
      text.includes(redactionMark) ? text : (before.get(id) ?? text);
    this.texts = new Map(captions.map((caption) => [caption.id, textOf(caption)]));
    return captions.map((caption) => ({ ...caption, text: this.texts.get(caption.id)! }));
  }
}
