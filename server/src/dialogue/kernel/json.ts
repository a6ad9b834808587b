/** One for all who have none: copies are not changed. */
const nothing: readonly never[] = Object.freeze([]);

/**
 * A copy of a value of JSON, as `JSON.parse(JSON.stringify(value))` gives it for plain objects,
 * arrays and scalars, but sharing its strings. Fields that are undefined are left out.
 */
export function copyJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    if (value.length === 0) return nothing as T;
    return value.map((item) => copyJson<unknown>(item ?? null)) as T;
  }
  const copy = { ...value } as Record<string, unknown>;
  for (const key in copy) {
    const field = copy[key];
    if (field === undefined) delete copy[key];
    else if (typeof field === 'object' && field !== null) copy[key] = copyJson(field);
  }
  return copy as T;
}

/** Whether two values are the same JSON, whatever the order of their fields. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length &&
      one.every((item, index) => sameJson(item ?? null, other[index] ?? null))
    );
  }
  const left = one as Record<string, unknown>;
  const right = other as Record<string, unknown>;
  let defined = 0;
  for (const key in left) {
    if (left[key] === undefined) continue;
    if (!sameJson(left[key], right[key])) return false;
    defined += 1;
  }
  for (const key in right) if (right[key] !== undefined) defined -= 1;
  return defined === 0;
}
