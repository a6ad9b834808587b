import type { QuestionState, TypedChannel, Urgency } from '@nhip-cau/shared/model/questions';
import { defaultFields } from '@nhip-cau/shared/model/session';
import type { BridgePointInput } from '@nhip-cau/shared/protocol/bridge-points';

/* The dialogue that an empty installation shows: invented people, plausible matters. */

export const settings = {
  title: 'Hội nghị đối thoại của lãnh đạo Thành phố với Nhân dân',
  organiser: 'Ủy ban nhân dân Thành phố',
  fields: [...defaultFields],
  agencies: [
    'Sở Nông nghiệp và Môi trường',
    'Sở Xây dựng',
    'Sở Y tế',
    'Sở Giáo dục và Đào tạo',
    'Công an Thành phố',
  ],
  namePolicy: 'optional',
  turnSeconds: 180,
  rules: { publicForm: true, districtSeconds: 1_200 },
} as const;

const hall = (
  code: string,
  name: string,
  district: string,
  kind: string,
  expectedAttendance: number,
): BridgePointInput => ({ code, name, district, kind, expectedAttendance });

export const bridgePoints = [
  hall('ba-dinh-01', 'Điểm cầu phường Ngọc Hà', 'Ba Đình', 'phường', 28),
  hall('long-bien-01', 'Điểm cầu phường Bồ Đề', 'Long Biên', 'phường', 30),
  hall('dong-anh-01', 'Điểm cầu xã Cổ Loa', 'Đông Anh', 'xã', 26),
  hall('soc-son-01', 'Điểm cầu xã Nam Sơn', 'Sóc Sơn', 'xã', 32),
  hall('thanh-oai-01', 'Điểm cầu xã Bình Minh', 'Thanh Oai', 'xã', 25),
  hall('ba-vi-01', 'Điểm cầu xã Minh Quang', 'Ba Vì', 'xã', 24),
];

export const staff = [
  { role: null, username: 'admin', displayName: 'Quản trị hệ thống', isAdmin: true },
  { role: 'host', username: 'chu-tri', displayName: 'Trần Quang Hưng', isAdmin: false },
  { role: 'secretary', username: 'thu-ky', displayName: 'Lê Thu Hà', isAdmin: false },
] as const;

export const headcounts: Record<string, number> = {
  'ba-dinh-01': 27,
  'long-bien-01': 29,
  'dong-anh-01': 24,
  'soc-son-01': 31,
  'thanh-oai-01': 22,
};

export interface SampleQuestion {
  at: string;
  asker: string | null;
  nameVisibility: 'public' | 'hall' | 'none';
  field: string;
  text: string;
  /** The moderator's wording, where it is another. */
  wording?: string;
  channel?: TypedChannel;
  urgency?: Urgency;
  /** What an agency wrote for the leader. */
  brief?: { agency: string; text: string };
  note?: string;
  state: Extract<QuestionState, 'asked' | 'forwarded' | 'accepted' | 'returned' | 'merged'>;
  /** The text of the question that it asks the same as. */
  into?: string;
}

const landfill = 'nước rỉ rác chảy ra ruộng nhà tôi 2 năm nay rồi, xã bảo chờ, chờ đến bao giờ ạ';

export const questions: SampleQuestion[] = [
  {
    at: 'soc-son-01',
    asker: 'Nguyễn Thị Mận',
    nameVisibility: 'public',
    field: 'Môi trường',
    text: landfill,
    wording:
      'Nước rỉ rác từ khu liên hợp xử lý chất thải chảy ra ruộng của các hộ dân đã hai năm. ' +
      'Đề nghị Thành phố cho biết bao giờ xử lý dứt điểm?',
    urgency: 'urgent',
    brief: {
      agency: 'Sở Nông nghiệp và Môi trường',
      text:
        'Thành phố đã phê duyệt dự án thu gom nước rỉ rác giai đoạn 2; dự kiến hoàn thành ' +
        'trong quý II năm sau. 46 hộ bị ảnh hưởng đã được đo đếm để hỗ trợ.',
    },
    note: 'Có 46 hộ cùng kiến nghị, hồ sơ đo đếm ở xã.',
    state: 'accepted',
  },
  {
    at: 'dong-anh-01',
    asker: 'Trịnh Văn Lực',
    nameVisibility: 'public',
    field: 'Môi trường',
    text: 'Nước rỉ rác chảy xuống kênh tưới của xã tôi, lúa không cấy được. Bao giờ xử lý?',
    channel: 'slip',
    state: 'merged',
    into: landfill,
  },
  {
    at: 'dong-anh-01',
    asker: 'Đỗ Văn Khánh',
    nameVisibility: 'public',
    field: 'Đất đai',
    text:
      'Gia đình tôi nộp hồ sơ cấp giấy chứng nhận quyền sử dụng đất từ tháng 3 năm ngoái ' +
      'nhưng đến nay chưa được trả lời. Xin hỏi thời hạn giải quyết?',
    state: 'accepted',
  },
  {
    at: 'ba-vi-01',
    asker: 'Đinh Thị Hoa',
    nameVisibility: 'public',
    field: 'Y tế',
    channel: 'letter',
    text:
      'Trạm y tế xã thiếu bác sĩ, bà con phải đi gần 30 km để khám bệnh. ' +
      'Thành phố có kế hoạch bố trí bác sĩ về trạm không?',
    state: 'accepted',
  },
  {
    at: 'long-bien-01',
    asker: 'Phạm Minh Đức',
    nameVisibility: 'hall',
    field: 'Giáo dục',
    text: 'Các trường mầm non công lập trên địa bàn đã quá tải. Bao giờ có thêm trường mới?',
    state: 'forwarded',
  },
  {
    at: 'thanh-oai-01',
    asker: 'Vũ Thị Lụa',
    nameVisibility: 'public',
    field: 'Nông thôn mới',
    text: 'Đường liên thôn đã hư hỏng nặng, mưa là ngập. Kinh phí sửa chữa có trong năm nay không?',
    state: 'forwarded',
  },
  {
    at: 'ba-dinh-01',
    asker: null,
    nameVisibility: 'none',
    field: 'An ninh trật tự',
    text: 'Ban đêm có nhóm thanh niên tụ tập đua xe ở khu vực gần chợ, đề nghị tăng cường tuần tra.',
    state: 'asked',
  },
  {
    at: 'ba-dinh-01',
    asker: 'Hoàng Thị Yến',
    nameVisibility: 'public',
    field: 'An sinh xã hội',
    text: 'Người cao tuổi không có lương hưu được hưởng mức trợ cấp mới từ khi nào?',
    state: 'asked',
  },
  {
    at: 'long-bien-01',
    asker: 'Ngô Văn Bình',
    nameVisibility: 'public',
    field: 'Khác',
    text: 'Nhà tôi với nhà bên cạnh tranh chấp cái cây ở hàng rào.',
    state: 'returned',
  },
];

/** Those who are expected in one hall, by the list of its ward. */
export const listed = {
  at: 'ba-dinh-01',
  names: ['Bùi Thị Thanh', 'Đặng Hữu Phúc', 'Hoàng Thị Yến', 'Lý Minh Sơn', 'Tạ Ngọc Hà'],
};

/** Somebody without a phone who would like to speak. */
export const raisedHand = { at: 'thanh-oai-01', name: 'Ông Vũ Đình Cường' };

/** Why the last one went back. */
export const returnReason =
  'Nội dung thuộc thẩm quyền hòa giải ở cơ sở; tổ hòa giải của phường sẽ liên hệ với ông.';
