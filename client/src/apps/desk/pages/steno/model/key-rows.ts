/** What each key of the page does, for its help. `t` is the page's. */
export function keyRows(t: (key: string) => string): { keys: string[]; text: string }[] {
  return [
    { keys: ['Enter'], text: t('steno.keys.add') },
    { keys: ['Ctrl', 'Enter'], text: t('steno.keys.addOther') },
    { keys: ['F1'], text: t('steno.keys.host') },
    { keys: ['F2'], text: t('steno.keys.hall') },
    { keys: ['F3 … F9'], text: t('steno.keys.names') },
    { keys: ['F10'], text: t('steno.keys.turn') },
    { keys: ['Esc'], text: t('steno.keys.unexpanded') },
  ];
}
