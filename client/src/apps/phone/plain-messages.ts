import type { MessageCompiler, MessageContext } from 'vue-i18n';

/**
 * Makes words of a message whose only syntax is `{name}`. The library's own compiler knows plurals
 * and links, and weighs more than all the words of this page.
 */
export const compilePlain: MessageCompiler = (message) => (context: MessageContext) =>
  String(message).replace(/\{(\w+)\}/g, (_, name: string) => String(context.named(name) ?? ''));
