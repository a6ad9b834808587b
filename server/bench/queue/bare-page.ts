/** Questions of the bare page. */
export interface BareEntry {
  id: string;
  text: string;
}

/**
 * The bare peer of the desk: a page with nothing but a search field and a list of as many entries,
 * of which only those in sight are elements. Nobody changes anything on it.
 */
export function barePage(entries: readonly BareEntry[]): string {
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><style>
    body { margin: 0; font: 15px sans-serif; display: grid; height: 100vh; grid-template-rows: auto 1fr }
    #list { overflow-y: auto; contain: strict }
    #space { position: relative }
    #space div { position: absolute; left: 0; right: 0; height: 44px; overflow: hidden;
      white-space: nowrap; text-overflow: ellipsis; border-bottom: 1px solid #ccc }
  </style><input id="search"><div id="list"><div id="space"></div></div><script>
    const entries = ${JSON.stringify(entries)};
    const [search, list, space] = ['search', 'list', 'space'].map((id) => document.getElementById(id));
    const rowPx = 44;
    let shown = entries;
    function draw() {
      const first = Math.max(0, Math.floor(list.scrollTop / rowPx) - 6);
      const last = Math.min(shown.length, first + Math.ceil(list.clientHeight / rowPx) + 12);
      space.style.height = shown.length * rowPx + 'px';
      space.replaceChildren(...shown.slice(first, last).map(({ text }, index) => {
        const row = document.createElement('div');
        row.textContent = text;
        row.style.transform = 'translateY(' + (first + index) * rowPx + 'px)';
        return row;
      }));
    }
    list.addEventListener('scroll', () => requestAnimationFrame(draw));
    search.addEventListener('input', () => {
      shown = entries.filter(({ text }) => text.includes(search.value));
      list.scrollTop = 0;
      draw();
    });
    draw();
  </script></html>`;
}
