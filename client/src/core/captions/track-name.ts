/** A language of captions by its own name, as `Tiếng Việt`: who looks for it may know no other. */
export function trackName(track: string): string {
  return new Intl.DisplayNames([track], { type: 'language' }).of(track) ?? track;
}
