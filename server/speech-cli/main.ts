/** `npm run speech -- …`: tries a speech engine, or a model's folder, without a dialogue. */
import { parseArgs } from 'node:util';
import { check } from './check.ts';
import { transcribe } from './transcribe.ts';

const usage = `npm run speech -- check MODEL_DIR
npm run speech -- transcribe ENGINE FILE [--json] [--language vi] [--hot-words FILE]

check       Reads MODEL_DIR/speech-model.json, makes sure of its files, loads the model in
            sherpa-onnx and lets it hear a second of silence.
transcribe  Prints what ENGINE (as in SPEECH_ENGINE, docs/speech.md) writes down of FILE, with
            times. Sound that is not 16 kHz, mono, 16 bit is brought to that by ffmpeg.
            --json prints the lines of the external command's protocol instead.
            --hot-words names a file with a name or term on each line.
            An openai: engine gets SPEECH_API_KEY and SPEECH_MODEL.`;

function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      language: { type: 'string', default: 'vi' },
      'hot-words': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, first, second] = positionals;
  if (values.help) {
    console.log(usage);
  } else if (command === 'check' && first !== undefined && positionals.length === 2) {
    await check(first);
  } else if (command === 'transcribe' && second !== undefined && positionals.length === 3) {
    await transcribe({
      engine: first!,
      file: second,
      isJson: values.json,
      language: values.language,
      hotWordsFile: values['hot-words'],
    });
  } else fail(usage, 2);
  process.exit(0);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
