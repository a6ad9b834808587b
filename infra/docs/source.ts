import { readFileSync } from 'node:fs';
import ts from 'typescript';

const root = new URL('../../shared/src/protocol/', import.meta.url);
const parsed = new Map<string, ts.SourceFile>();

/** A module of `shared/src/protocol`, by its name without `.ts`. */
function parse(module: string): ts.SourceFile {
  const known = parsed.get(module);
  if (known) return known;
  const text = readFileSync(new URL(`${module}.ts`, root), 'utf8');
  const file = ts.createSourceFile(module, text, ts.ScriptTarget.Latest, true);
  parsed.set(module, file);
  return file;
}

/** Types of a module as they are written there, comments included, as one block of code. */
export function declarations(module: string, ...names: readonly string[]): string {
  const blocks = names.map((name) => {
    const node = declarationOf(module, name);
    const comment = ts.getJSDocCommentsAndTags(node).map((doc) => doc.getText());
    return [...comment, node.getText().replace(/^export /, '')].join('\n');
  });
  return ['```ts', blocks.join('\n\n'), '```'].join('\n');
}

/** The members of an interface in its order: name and type as written. */
export function membersOf(module: string, name: string): { name: string; type: string }[] {
  const node = declarationOf(module, name);
  if (!ts.isInterfaceDeclaration(node)) throw new Error(`${name} is not an interface`);
  return node.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: member.type?.getText() ?? '',
  }));
}

/** The comments on the fields of a module's object literals, by `field` and by `outer.field`. */
export function commentsIn(module: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  const visit = (node: ts.Node, path: readonly string[]): void => {
    let inside = path;
    if (ts.isPropertyAssignment(node)) {
      inside = [...path, node.name.getText().replaceAll("'", '')];
      const text = ts
        .getJSDocCommentsAndTags(node)
        .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
        .join(' ')
        .replace(/\s+/g, ' ');
      if (text) comments.set(inside.join('.').replace('request.', ''), text);
    }
    node.forEachChild((child) => visit(child, inside));
  };
  visit(parse(module), []);
  return comments;
}

function declarationOf(module: string, name: string) {
  const found = parse(module).statements.find(
    (node) =>
      (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) &&
      node.name.text === name,
  );
  if (!found) throw new Error(`${module}.ts declares no type ${name}`);
  return found as ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
}
