import { parentPort, workerData } from 'node:worker_threads';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import { type DocxOptions, toDocx } from './docx.ts';

const { transcript, options } = workerData as {
  transcript: TranscriptBody;
  options: DocxOptions;
};
parentPort?.postMessage(await toDocx(transcript, options));
