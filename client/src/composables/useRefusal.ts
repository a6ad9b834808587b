import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import type { ErrorCode } from '@nhip-cau/shared/protocol/errors';
import { useI18n } from 'vue-i18n';

/** The words for a refusal: a `ProtocolError`, or an error thrown with such a `code`. */
export function useRefusal(): { refusalText: (error: unknown) => string } {
  const { t } = useI18n();
  return {
    refusalText(error) {
      const code = codeOf(error);
      return t(`errors.${code ?? 'unexpected'}`);
    },
  };
}

function codeOf(error: unknown): ErrorCode | null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : null;
}
