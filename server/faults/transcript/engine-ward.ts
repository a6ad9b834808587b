import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the engines behave; `mute` ones hear, say nothing, and end when the mood does. */
export type Mood = 'well' | 'dies' | 'mute' | 'garbage' | 'floodPartials' | 'floodGarbage';

/** When an engine gave a final, by its own note; epoch ms. */
export interface NotedFinal {
  text: string;
  at: number;
}

const program = join(import.meta.dirname, 'engine-program.ts');

/** The test engines that a server started, by the folder that they share. */
export class EngineWard {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.setMood('well');
  }

  /** For the server's SPEECH_ENGINE. */
  get command(): string {
    return `command:"${process.execPath}" "${program}" "${this.#folder}"`;
  }

  /** Of those that run and those that come. */
  setMood(mood: Mood): void {
    // Never read half written.
    writeFileSync(join(this.#folder, 'mood.new'), mood);
    renameSync(join(this.#folder, 'mood.new'), join(this.#folder, 'mood'));
  }

  /** Sends it to every engine that runs; how many there were. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): number {
    return this.#pids().filter((pid) => {
      try {
        return process.kill(pid, name);
      } catch {
        return false;
      }
    }).length;
  }

  /** How many were ever started. */
  get started(): number {
    return this.#noted().length;
  }

  finals(): NotedFinal[] {
    const path = join(this.#folder, 'finals.jsonl');
    const lines = readFileSync(path, { encoding: 'utf8', flag: 'a+' }).trim().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as NotedFinal);
  }

  #noted(): number[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.pid'))
      .map((name) => Number(name.slice(0, -'.pid'.length)));
  }

  /** Numbers are given again: only a process that runs our program in this folder is an engine. */
  #pids(): number[] {
    return this.#noted().filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes(program) && words.includes(this.#folder);
      } catch {
        return false;
      }
    });
  }
}
