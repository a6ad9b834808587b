import { randomUUID } from 'node:crypto';
import type { PairedRole, MemberRole } from '@nhip-cau/shared/model/roles';
import type {
  ImportPreviewBody,
  NewPasswordBody,
  PairingCodeBody,
} from '@nhip-cau/shared/protocol/http';
import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import type { Product } from './product.ts';
import { StaffClient } from './staff-client.ts';

export const password = 'Nước chảy đá mòn 64';

export interface Hall {
  id: string;
  name: string;
  joinCode: string;
  /** Pairing codes, each good once. */
  codes: Record<PairedRole, string>;
}

/** A dialogue as the office has prepared it: members, list of halls, codes; not yet open. */
export interface PreparedDialogue {
  id: string;
  title: string;
  agency: string;
  fields: string[];
  halls: Hall[];
  admin: StaffClient;
  staff: Record<'host' | 'secretary', StaffClient>;
  /** Address of a page of the desk for this dialogue. */
  page(name: 'host' | 'queue' | 'setup' | 'posters' | 'record' | 'steno' | 'transcript'): string;
  close(): void;
}

const hallList = `code,name,district,kind,expected_attendance
ba-vi-07,Hội trường xã Ba Vì,Ba Vì,xã,26
soc-son-12,Nhà văn hóa xã Sóc Sơn,Sóc Sơn,xã,25
dong-da-03,Hội trường phường Đống Đa,Đống Đa,phường,24
`;

/** Prepares a dialogue of three halls by the product's own interfaces. */
export async function prepareDialogue({ url, admin: first }: Product): Promise<PreparedDialogue> {
  const id = randomUUID();
  const title = 'Lãnh đạo Thành phố đối thoại với nông dân';
  const agency = 'Sở Nông nghiệp và Môi trường';
  const fields = ['Đất đai', 'Môi trường', 'Nông thôn mới'];
  const admin = new StaffClient(url);
  await admin.enter(first.username, first.password, password);
  await admin.post('/api/dialogues', {
    commandId: randomUUID(),
    dialogueId: id,
    settings: {
      title,
      organiser: 'Thành ủy Hà Nội',
      startsAt: Date.now(),
      fields,
      agencies: [agency, 'Sở Y tế'],
      namePolicy: 'optional',
      turnSeconds: 180,
    },
  });
  const at = (path: string) => `/api/dialogues/${id}/${path}`;
  const { importId } = await admin.post<ImportPreviewBody>(at('imports'), hallList);
  await admin.post(at('imports/confirm'), { importId, commandId: randomUUID() });

  const member = async (
    role: MemberRole & keyof PreparedDialogue['staff'],
    displayName: string,
  ) => {
    const accountId = randomUUID();
    const body = { accountId, username: role, displayName, isAdmin: false };
    const created = await admin.post<NewPasswordBody>('/api/accounts', body);
    await admin.command(id, 'member.assign', { accountId, role });
    const client = new StaffClient(url);
    await client.enter(role, created.password!, password);
    return client;
  };
  const staff = {
    host: await member('host', 'Nguyễn Văn Phong'),
    secretary: await member('secretary', 'Trần Thị Thư'),
  };

  const codesOf = (deviceRole: PairedRole) =>
    admin.post<PairingCodeBody[]>(at('pairing-codes/all'), { deviceRole });
  const moderator = await codesOf('moderator');
  const screen = await codesOf('screen');
  const codeFor = (codes: PairingCodeBody[], hallId: string) =>
    codes.find(({ bridgePointId }) => bridgePointId === hallId)!.code;
  const bridgePoints = await admin.board<BridgePointFact>(id, 'bridgePoint');
  const halls = bridgePoints
    .filter(({ isCentral }) => !isCentral)
    .sort((a, b) => hallList.indexOf(a.code) - hallList.indexOf(b.code))
    .map(({ id: hallId, name, joinCode }) => ({
      id: hallId,
      name,
      joinCode,
      codes: { moderator: codeFor(moderator, hallId), screen: codeFor(screen, hallId) },
    }));
  const clients = [admin, staff.host, staff.secretary];
  return {
    id,
    title,
    agency,
    fields,
    halls,
    admin,
    staff,
    page: (name) => `/desk/dialogues/${id}/${name}`,
    close: () => clients.forEach((client) => client.close()),
  };
}
