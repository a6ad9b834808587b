/**
 * `full`: the disk has no room left. `slow`: it takes sound more slowly than it comes. `failed`:
 * anything else that the system says.
 */
export type SpoolFailure = 'full' | 'slow' | 'failed';

/** Sound cannot be kept any more; the run ends with what is on the disk. */
export class SpoolError extends Error {
  readonly failure: SpoolFailure;

  constructor(failure: SpoolFailure, cause?: unknown) {
    super(`a speaker's sound cannot be kept: ${failure}`, { cause });
    this.name = 'SpoolError';
    this.failure = failure;
  }

  static of(error: unknown): SpoolError {
    if (error instanceof SpoolError) return error;
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    return new SpoolError(code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'failed', error);
  }
}
