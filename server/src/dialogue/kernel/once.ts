/** Something that is made once, as soon as there is time for it or as late as it is needed. */
export interface Once<Result> {
  /** Makes it; what goes wrong is kept for who needs it. */
  ahead(): void;
  /** What was made, or is made now. Throws what its making threw. */
  result(): Result;
}

export function once<Result>(make: () => Result): Once<Result> {
  let made: { value: Result } | { error: unknown } | null = null;
  const ahead = () => {
    if (made !== null) return;
    try {
      made = { value: make() };
    } catch (error) {
      made = { error };
    }
  };
  return {
    ahead,
    result() {
      ahead();
      if (made !== null && 'value' in made) return made.value;
      throw made?.error;
    },
  };
}
