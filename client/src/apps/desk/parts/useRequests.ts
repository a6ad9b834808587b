import type { PairedRole } from '@nhip-cau/shared/model/roles';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type {
  AccountBody,
  DeviceTokenBody,
  DialogueSummaryBody,
  ImportPreviewBody,
  ImportedBody,
  MemberChoiceBody,
  NewPasswordBody,
  PairingCodeBody,
  RecordBody,
  SessionBody,
} from '@nhip-cau/shared/protocol/http';
import type { BriefingBody } from '@nhip-cau/shared/protocol/briefing';
import type { FairnessReportBody } from '@nhip-cau/shared/protocol/fairness-report';
import type {
  QuestionImportPreviewBody,
  QuestionsImportedBody,
} from '@nhip-cau/shared/protocol/question-import';
import { api } from '../../../core/http.ts';
import { useSessionStore } from '../../../stores/session.ts';

type Settings = CommandPayload<'dialogue.create'>;

export interface NewAccount {
  accountId: string;
  username: string;
  displayName: string;
  isAdmin: boolean;
}

/** The staff pages' requests, each in the name of this tab's account. They throw `ApiError`. */
export function useRequests() {
  const session = useSessionStore();
  const ask = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    api<T>(method, path, { body, principal: session.principal });
  const of = (dialogueId: string) => `/api/dialogues/${dialogueId}`;

  return {
    dialogues: () => ask<DialogueSummaryBody[]>('GET', '/api/dialogues'),
    createDialogue: (dialogueId: string, commandId: string, settings: Settings) =>
      ask<{ seq: number }>('POST', '/api/dialogues', { dialogueId, commandId, settings }),
    memberChoices: (dialogueId: string) =>
      ask<MemberChoiceBody[]>('GET', `${of(dialogueId)}/member-choices`),

    accounts: () => ask<AccountBody[]>('GET', '/api/accounts'),
    createAccount: (account: NewAccount) => ask<NewPasswordBody>('POST', '/api/accounts', account),
    resetPassword: (accountId: string) =>
      ask<NewPasswordBody>('POST', `/api/accounts/${accountId}/reset-password`),
    setDisabled: (accountId: string, disabled: boolean) =>
      ask<AccountBody>('POST', `/api/accounts/${accountId}/${disabled ? 'disable' : 'enable'}`),

    sessions: () => ask<SessionBody[]>('GET', '/api/sessions'),
    revokeSession: (sessionId: string) => ask<unknown>('DELETE', `/api/sessions/${sessionId}`),
    dialogueSessions: (dialogueId: string) =>
      ask<SessionBody[]>('GET', `${of(dialogueId)}/sessions`),
    revokeDialogueSession: (dialogueId: string, sessionId: string) =>
      ask<unknown>('DELETE', `${of(dialogueId)}/sessions/${sessionId}`),

    issueCode: (dialogueId: string, bridgePointId: string, deviceRole: PairedRole) =>
      ask<PairingCodeBody>('POST', `${of(dialogueId)}/pairing-codes`, {
        bridgePointId,
        deviceRole,
      }),
    issueAllCodes: (dialogueId: string, deviceRole: PairedRole) =>
      ask<PairingCodeBody[]>('POST', `${of(dialogueId)}/pairing-codes/all`, { deviceRole }),

    issueToken: (dialogueId: string, bridgePointId: string, deviceRole: 'encoder' | 'player') =>
      ask<DeviceTokenBody>('POST', `${of(dialogueId)}/${deviceRole}s`, { bridgePointId }),

    previewImport: (dialogueId: string, file: File) =>
      ask<ImportPreviewBody>('POST', `${of(dialogueId)}/imports`, file),
    confirmImport: (dialogueId: string, importId: string, commandId: string) =>
      ask<ImportedBody>('POST', `${of(dialogueId)}/imports/confirm`, { importId, commandId }),

    previewQuestions: (dialogueId: string, file: File) =>
      ask<QuestionImportPreviewBody>('POST', `${of(dialogueId)}/question-imports`, file),
    importQuestions: (dialogueId: string, importId: string, skipAlike: boolean) =>
      ask<QuestionsImportedBody>('POST', `${of(dialogueId)}/question-imports/confirm`, {
        importId,
        skipAlike,
      }),

    fairness: (dialogueId: string) => ask<FairnessReportBody>('GET', `${of(dialogueId)}/fairness`),
    briefing: (dialogueId: string) => ask<BriefingBody>('GET', `${of(dialogueId)}/briefing`),
    record: (dialogueId: string) => ask<RecordBody>('GET', `${of(dialogueId)}/record`),
  };
}
