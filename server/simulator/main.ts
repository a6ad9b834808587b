/** `npm run simulate -- --bridge-points N --participants M --minutes T --seed S [--media]`. */
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const usage = `npm run simulate -- [--bridge-points 6] [--participants 150] [--minutes 3] [--seed 1]
                    [--secretaries 2] [--drops 1] [--media] [--url http://127.0.0.1:3000]

Plays a dialogue through the public protocol: people come in and ask, moderators word and forward,
secretaries merge and order, the leader calls and decides, lines drop. --drops is how often a line
drops, in drops a seat and hour; 0 for none. With --media each hall sends a recorded camera and
microphone over real ICE, DTLS and SRTP and receives the stage. Without --url a server of its own is
started on a temporary folder. With --url, SIMULATE_USERNAME and SIMULATE_PASSWORD are an admin's.`;

function fail(message: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        'bridge-points': { type: 'string', default: '6' },
        participants: { type: 'string', default: '150' },
        minutes: { type: 'string', default: '3' },
        seed: { type: 'string', default: '1' },
        secretaries: { type: 'string', default: '2' },
        drops: { type: 'string', default: '1' },
        media: { type: 'boolean', default: false },
        url: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const values = readOptions();

if (values.help) {
  console.log(usage);
  process.exit(0);
}

const number = (name: 'bridge-points' | 'participants' | 'minutes' | 'secretaries' | 'drops') => {
  const value = Number(values[name]);
  const isWhole = name !== 'minutes' && name !== 'drops';
  const least = name === 'drops' || name === 'participants' ? 0 : isWhole ? 1 : 0.01;
  if (!Number.isFinite(value) || value < least || (isWhole && !Number.isInteger(value))) {
    fail(`--${name}: ${values[name]} is no fit number`);
  }
  return value;
};

const isSound = await simulate({
  url: values.url,
  bridgePoints: number('bridge-points'),
  participants: number('participants'),
  minutes: number('minutes'),
  secretaries: number('secretaries'),
  dropsAnHour: number('drops'),
  seed: values.seed,
  hasMedia: values.media,
});
process.exit(isSound ? 0 : 1);
