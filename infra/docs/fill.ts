import { format, resolveConfig } from 'prettier';

/** What a page's generated part says, by the name in its markers. */
export type Sections = Readonly<Record<string, () => string>>;

const part = /<!-- generated:([a-z-]+) -->\n[\s\S]*?<!-- \/generated:\1 -->/g;

/**
 * The page with every part between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` written
 * anew, formatted as `file` would be. Throws when markers and sections are not the same set.
 */
export async function fillIn(file: string, page: string, sections: Sections): Promise<string> {
  const missing = new Set(Object.keys(sections));
  const filled = page.replaceAll(part, (_whole, name: string) => {
    const section = sections[name];
    if (!section) throw new Error(`${file}: nothing generates "${name}"`);
    missing.delete(name);
    return `<!-- generated:${name} -->\n\n${section().trim()}\n\n<!-- /generated:${name} -->`;
  });
  if (missing.size > 0) throw new Error(`${file}: no markers for ${[...missing].join(', ')}`);
  return format(filled, { ...(await resolveConfig(file)), filepath: file });
}

/** A table in Markdown; cells may hold anything but a line feed. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;
