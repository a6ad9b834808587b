/**
 * The bare peer of the wall: a page with nothing but a search field and as many coloured cells,
 * which are painted anew as it is told over a bare WebSocket.
 */
export function barePage(halls: number): string {
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><style>
    body { margin: 0; font: 13px sans-serif; display: grid; height: 100vh; grid-template-rows: auto 1fr }
    #wall { overflow-y: auto; display: flex; flex-wrap: wrap; gap: 4px; align-content: flex-start }
    #wall div { width: 148px; height: 52px; border-left: 5px solid gray }
    #wall .wrong { border-color: orange }
    #wall .right { border-color: green }
  </style><input id="search"><div id="wall"></div><script>
    const wall = document.getElementById('wall');
    const cells = Array.from({ length: ${halls} }, (_, place) => {
      const cell = document.createElement('div');
      cell.textContent = 'Điểm cầu ' + (place + 1);
      return cell;
    });
    wall.append(...cells);
    const isRight = ({ picture, sound, echo, upLossPercent }) =>
      picture === 'ok' && sound === 'ok' && !echo && upLossPercent < 5;
    const socket = new WebSocket('ws://' + location.host + '/page');
    socket.onopen = () => document.body.dataset.open = '';
    socket.onmessage = ({ data }) => {
      for (const [place, health] of Object.entries(JSON.parse(data))) {
        cells[place].className = isRight(health) ? 'right' : 'wrong';
      }
    };
    const search = document.getElementById('search');
    search.addEventListener('input', () => {
      for (const cell of cells) cell.hidden = !cell.textContent.includes(search.value);
    });
  </script></html>`;
}
