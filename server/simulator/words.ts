import { fold } from '@nhip-cau/shared/model/text';
import type { Random } from './random.ts';

/* What people bring to such an evening: invented people, plausible matters. */

export interface Said {
  /** As the asker typed it: perhaps without diacritics, perhaps in a hurry. */
  text: string;
  /** As a moderator would word it. */
  wording: string;
  field: string;
  /** Questions with the same subject ask the same; halls share them. */
  subject: string;
}

interface Matter {
  field: string;
  /** `{place}` is a place of the hall's district. */
  wording: string;
  ways: readonly string[];
}

export const fields = [
  'Đất đai',
  'Môi trường',
  'An ninh trật tự',
  'An sinh xã hội',
  'Nông thôn mới',
  'Y tế',
  'Giáo dục',
  'Giao thông',
  'Khác',
];

const matters: readonly Matter[] = [
  {
    field: 'Đất đai',
    wording:
      'Hồ sơ cấp giấy chứng nhận quyền sử dụng đất của các hộ ở {place} đã nộp hơn một năm chưa được giải quyết. Đề nghị Thành phố cho biết thời hạn trả kết quả?',
    ways: [
      'nhà tôi nộp hồ sơ làm sổ đỏ hơn 1 năm rồi mà chưa thấy trả, khi nào mới có ạ',
      'Xin hỏi bao giờ các hộ ở {place} được cấp giấy chứng nhận quyền sử dụng đất? Hồ sơ nộp đã hơn một năm.',
      'hồ sơ sổ đỏ ở {place} chậm quá, đi lại nhiều lần vẫn bảo chờ',
    ],
  },
  {
    field: 'Đất đai',
    wording:
      'Giá bồi thường khi thu hồi đất làm đường qua {place} thấp hơn nhiều so với giá thị trường. Thành phố có xem xét điều chỉnh không?',
    ways: [
      'đền bù đất làm đường qua {place} thấp quá, dân không mua nổi chỗ ở mới',
      'Đề nghị xem lại giá bồi thường thu hồi đất ở {place}, chênh lệch với giá thị trường rất lớn.',
    ],
  },
  {
    field: 'Môi trường',
    wording:
      'Rác thải sinh hoạt ở {place} nhiều ngày không được thu gom, gây ô nhiễm. Bao giờ có điểm tập kết hợp vệ sinh?',
    ways: [
      'rác ở {place} mấy ngày không ai lấy, mùi không chịu được',
      'Đề nghị cho biết bao giờ giải quyết tình trạng rác ùn ứ ở {place}?',
      'bãi rác {place} quá tải rồi, nước rỉ chảy ra ruộng',
    ],
  },
  {
    field: 'Môi trường',
    wording:
      'Sông chảy qua {place} bị ô nhiễm nặng do nước thải làng nghề. Thành phố có kế hoạch xây trạm xử lý nước thải không?',
    ways: [
      'nước sông qua {place} đen ngòm, làng nghề xả thẳng ra, ai quản lý',
      'Bao giờ có trạm xử lý nước thải cho làng nghề ở {place}?',
    ],
  },
  {
    field: 'Nông thôn mới',
    wording:
      'Đường liên thôn ở {place} hư hỏng, ngập khi mưa. Kinh phí sửa chữa có trong kế hoạch năm nay không?',
    ways: [
      'đường liên thôn {place} hỏng nát, mưa là ngập, trẻ con đi học rất khổ',
      'Xin hỏi năm nay có tiền sửa đường liên thôn ở {place} không?',
    ],
  },
  {
    field: 'Nông thôn mới',
    wording:
      'Nước sạch tập trung chưa về tới {place}, người dân vẫn dùng nước giếng khoan. Bao giờ hoàn thành dự án cấp nước?',
    ways: [
      'cả xã vẫn uống nước giếng khoan, nước sạch bao giờ về {place}',
      'Dự án cấp nước sạch cho {place} chậm hai năm, đề nghị cho biết tiến độ.',
    ],
  },
  {
    field: 'Y tế',
    wording:
      'Trạm y tế ở {place} thiếu bác sĩ và thuốc bảo hiểm. Thành phố có phương án bổ sung không?',
    ways: [
      'trạm y tế {place} không có bác sĩ, thuốc bảo hiểm cũng hết',
      'Đề nghị bổ sung bác sĩ cho trạm y tế ở {place}.',
    ],
  },
  {
    field: 'Giáo dục',
    wording:
      'Trường mầm non, tiểu học công lập ở {place} quá tải, mỗi lớp trên 50 học sinh. Bao giờ có thêm trường?',
    ways: [
      'lớp con tôi 56 cháu, trường ở {place} quá tải, khi nào xây thêm',
      'Bao giờ có thêm trường công lập ở {place}? Mỗi lớp trên 50 học sinh.',
    ],
  },
  {
    field: 'An sinh xã hội',
    wording:
      'Mức trợ cấp xã hội mới cho người cao tuổi không có lương hưu được chi trả từ khi nào, thủ tục ra sao?',
    ways: [
      'tôi 76 tuổi không có lương, trợ cấp mới bao giờ được lĩnh',
      'Xin hỏi thủ tục hưởng trợ cấp người cao tuổi không có lương hưu?',
    ],
  },
  {
    field: 'An sinh xã hội',
    wording:
      'Lao động nữ trên 40 tuổi ở {place} khó tìm việc. Thành phố có lớp đào tạo nghề không?',
    ways: [
      'chị em trên 40 tuổi ở {place} xin việc không ai nhận, có lớp dạy nghề nào không ạ',
      'Đề nghị mở lớp đào tạo nghề cho lao động nữ lớn tuổi ở {place}.',
    ],
  },
  {
    field: 'An ninh trật tự',
    wording:
      'Thanh niên tụ tập đua xe ban đêm ở {place}. Đề nghị tăng cường tuần tra và lắp camera.',
    ways: [
      'đêm nào cũng có đua xe ở {place}, dân không ngủ được',
      'Đề nghị công an tăng cường tuần tra ban đêm ở {place}, lắp thêm camera.',
    ],
  },
  {
    field: 'Giao thông',
    wording:
      'Nút giao ở {place} thường xuyên ùn tắc và đã xảy ra nhiều tai nạn. Bao giờ lắp đèn tín hiệu?',
    ways: [
      'ngã tư {place} tai nạn suốt, sao không lắp đèn',
      'Đề nghị lắp đèn tín hiệu ở nút giao {place}.',
    ],
  },
  {
    field: 'Giao thông',
    wording: 'Xe buýt chưa về tới {place}. Thành phố có kế hoạch mở tuyến không?',
    ways: ['khi nào {place} có xe buýt ạ', 'Xin hỏi kế hoạch mở tuyến xe buýt về {place}?'],
  },
];

const places = ['khu dân cư số 3', 'thôn Đông', 'chợ trung tâm', 'tổ dân phố 7', 'cụm làng nghề'];
const openings = ['', '', '', 'Kính thưa đồng chí chủ trì, ', 'Tôi xin có ý kiến: '];

const familyNames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô'];
const middleNames = ['Thị', 'Văn', 'Thanh', 'Minh', 'Đức', 'Ngọc', 'Hữu', 'Thu'];
const givenNames = ['Hoa', 'Bình', 'Lan', 'Hùng', 'Mai', 'Sơn', 'Hạnh', 'Dũng', 'Yến', 'Phúc'];

/** A name as people there have it, family name first. */
export function nameOf(random: Random): string {
  return [random.pick(familyNames), random.pick(middleNames), random.pick(givenNames)].join(' ');
}

/** A question as somebody of that district would put it. */
export function questionOf(random: Random, district: string): Said {
  const index = random.int(0, matters.length - 1);
  const matter = matters[index]!;
  const place = `${random.pick(places)}, ${district}`;
  const filled = (text: string) => text.replaceAll('{place}', place);
  const way = random.pick(openings) + filled(random.pick(matter.ways));
  return {
    // On a phone many type without diacritics.
    text: random.chance(0.15) ? fold(way) : way,
    wording: filled(matter.wording),
    field: matter.field,
    subject: `${index} ${matter.wording.includes('{place}') ? place : ''}`,
  };
}

export const returnReasons = [
  'Nội dung chưa rõ, đề nghị nêu cụ thể địa điểm và thời gian.',
  'Không thuộc nội dung đối thoại hôm nay; đề nghị gửi cơ quan tiếp công dân.',
];

export const notes = [
  'Đã trao đổi với cơ quan chuyên môn, có số liệu.',
  'Cần chủ trì trả lời trực tiếp.',
  'Báo chí quan tâm.',
];

export const briefs = [
  'Thành phố đã bố trí vốn trong kế hoạch; dự kiến hoàn thành trong quý II năm sau.',
  'Đang rà soát theo quy định mới; sẽ trả lời bằng văn bản trong 15 ngày.',
];

export const spoken = [
  'Kính thưa đồng chí chủ trì, tôi xin nêu ý kiến của bà con.',
  'Việc này chúng tôi đã kiến nghị nhiều lần.',
  'Mong Thành phố cho biết thời hạn cụ thể.',
  'Xin cảm ơn ý kiến của ông bà.',
  'Tôi giao cơ quan chuyên môn kiểm tra và trả lời trong mười ngày.',
];
