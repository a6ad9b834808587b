import { dirname, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FORBIDDEN_PACKAGES, LAYERS, OWNED_PACKAGES, PROTOCOL_VALUES } from './layers.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WORKSPACE = /^@nhip-cau\/(shared|server|client)\/(.+)$/;

/**
 * ESLint rule: imports point one way (see layers.js). Written for these folders because the
 * layers are ours: a resolver-based rule goes silent when it cannot resolve a path, this one
 * compares names and cannot.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { refused: '{{ reason }}' },
  },
  create(context) {
    const file = toProjectPath(context.filename);
    const layer = layerOf(file);
    if (!layer) return {};

    function check(source, isType) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const reason = refusal(file, layer, source.value, isType);
      if (reason) context.report({ node: source, messageId: 'refused', data: { reason } });
    }
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    };
  },
};

function refusal(file, layer, specifier, isType) {
  if (specifier.startsWith('.') || WORKSPACE.test(specifier)) {
    return refusedFile(file, layer, specifier, isType);
  }
  return refusedPackage(layer, specifier);
}

function refusedFile(file, layer, specifier, isType) {
  const target = targetOf(file, specifier);
  if (specifier.startsWith('.') && workspaceOf(file) !== workspaceOf(target)) {
    return `${specifier} leaves the workspace; import it as @nhip-cau/${workspaceOf(target)}/…`;
  }
  const imported = layerOf(target);
  if (!imported) return `${layer.name} must not import ${target}, which is no part of the product`;
  if (imported !== layer && !layer.may.includes(imported.name)) {
    return `${layer.name} must not import ${imported.name}; imports point one way`;
  }
  const protocol = /^shared\/src\/protocol\/(.+?)(\.ts)?$/.exec(target)?.[1];
  if (protocol && layer.folder.startsWith('client/') && !isType) {
    if (!PROTOCOL_VALUES.includes(protocol)) {
      return `only types of ${specifier} may be imported here (import type): its schemas pull in zod`;
    }
  }
  return undefined;
}

function refusedPackage(layer, specifier) {
  const owned = OWNED_PACKAGES.find((rule) => includesPackage(rule.packages, specifier));
  const forbidden = FORBIDDEN_PACKAGES.find(
    (rule) => rule.layers.includes(layer.name) && includesPackage(rule.packages, specifier),
  );
  if (forbidden) return `${layer.name} must not import ${specifier}: ${forbidden.reason}`;
  if (owned && !owned.layers.includes(layer.name)) {
    return `only ${owned.layers.join(', ')} may import ${specifier}`;
  }
  return undefined;
}

function includesPackage(packages, specifier) {
  return packages.some((name) =>
    name.endsWith('/*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );
}

function targetOf(file, specifier) {
  const workspace = WORKSPACE.exec(specifier);
  if (workspace) return `${workspace[1]}/src/${workspace[2]}`;
  return posix.join(posix.dirname(file), specifier);
}

function layerOf(path) {
  return LAYERS.find(({ folder }) => path === folder || `${path}/`.startsWith(folder));
}

function workspaceOf(path) {
  return path.split('/')[0];
}

function toProjectPath(filename) {
  return relative(ROOT, resolve(dirname(ROOT), filename))
    .split(sep)
    .join('/');
}
