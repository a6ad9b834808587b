import type { AttachmentService } from '../../../dialogue/attachments/service.ts';
import type { ImportService } from '../../../dialogue/bridge-points/import/service.ts';
import type { Demo } from '../../../dialogue/demo/demo.ts';
import type { DialogueEngine } from '../../../dialogue/kernel/engine.ts';
import type { LogReader } from '../../../dialogue/kernel/ports.ts';
import type { AccountService } from '../../../dialogue/people/accounts.ts';
import type { DialogueList } from '../../../dialogue/people/dialogue-list.ts';
import type { JoiningService } from '../../../dialogue/people/joining.ts';
import type { PairingService } from '../../../dialogue/people/pairing.ts';
import type { SessionService } from '../../../dialogue/people/sessions.ts';
import type { Recordings } from '../../../dialogue/recording/ports.ts';
import type { PushService } from '../../../dialogue/push/service.ts';
import type { FateService } from '../../../dialogue/questions/fate.ts';
import type { PublicForm } from '../../../dialogue/questions/public-form.ts';
import type { QuestionImportService } from '../../../dialogue/questions/import/service.ts';
import type { SimilarQuestions } from '../../../dialogue/questions/similar/similar.ts';
import type { SpeechAudio, TranscriptSearch } from '../../../dialogue/transcript/ports.ts';
import type { Route } from '../route.ts';
import { accountRoutes } from './accounts.ts';
import { attachmentRoutes } from './attachments.ts';
import { attendanceRoutes } from './attendance.ts';
import { demoRoutes } from './demo.ts';
import { dialogueRoutes } from './dialogues.ts';
import { deviceTokenRoutes } from './device-tokens.ts';
import { fairnessRoutes } from './fairness.ts';
import { hallRoutes } from './halls.ts';
import { meRoutes } from './me.ts';
import { publicQuestionRoutes } from './public-questions.ts';
import { questionRoutes } from './questions.ts';
import { pushRoutes } from './push.ts';
import { recordRoutes } from './record.ts';
import { recordingRoutes } from './recording.ts';
import { rehearsalRoutes } from './rehearsal.ts';
import { sessionRoutes } from './sessions.ts';
import { transcriptFileRoutes } from './transcript-files.ts';
import { transcriptRoutes } from './transcript.ts';

export interface Services {
  engine: DialogueEngine;
  accounts: AccountService;
  sessions: SessionService;
  pairing: PairingService;
  joining: JoiningService;
  imports: ImportService;
  dialogueList: DialogueList;
  attachments: AttachmentService;
  publicForm: PublicForm;
  fates: FateService;
  /** `null`: this server tells nobody by push. */
  push: PushService | null;
  logReader: LogReader;
  recordings: Recordings;
  speechAudio: SpeechAudio;
  transcriptSearch: TranscriptSearch;
  similar: SimilarQuestions;
  questionImports: QuestionImportService;
  /** `null`: this installation is somebody's own, or can be reached from elsewhere. */
  demo: Demo | null;
}

/** Every route of the server. */
export function allRoutes(services: Services): Route[] {
  const { engine, accounts, sessions, pairing, joining, imports, dialogueList, logReader, demo } =
    services;
  return [
    ...meRoutes(accounts, sessions),
    ...accountRoutes(accounts),
    ...sessionRoutes(sessions),
    ...hallRoutes(pairing, joining, sessions),
    ...deviceTokenRoutes(sessions),
    ...dialogueRoutes(dialogueList, engine, imports),
    ...questionRoutes(services.similar, services.logReader, services.questionImports),
    ...fairnessRoutes(services.logReader),
    ...recordRoutes(),
    ...transcriptFileRoutes(),
    ...transcriptRoutes(logReader, services.speechAudio, services.transcriptSearch),
    ...recordingRoutes(services.recordings),
    ...attachmentRoutes(services.attachments),
    ...publicQuestionRoutes(services.publicForm, services.fates),
    ...pushRoutes(services.push),
    ...attendanceRoutes(logReader),
    ...rehearsalRoutes(),
    ...(demo === null ? [] : demoRoutes(demo)),
  ];
}
