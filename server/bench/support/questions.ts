/** What people ask, of ordinary length: 120 to 330 characters. */
const templates = [
  'Kính thưa đồng chí Chủ tịch, tuyến đường liên thôn qua {place} đã xuống cấp nhiều năm, cứ mưa là ngập, xe tải chạy suốt ngày đêm; bao giờ Thành phố bố trí vốn để làm lại, và trong lúc chờ thì đơn vị nào chịu trách nhiệm sửa tạm cho bà con đi lại?',
  'Gia đình tôi ở {place} nộp hồ sơ xin cấp giấy chứng nhận quyền sử dụng đất từ năm {year}, đến nay vẫn chưa được trả lời. Đề nghị cho biết hồ sơ đang vướng ở đâu và khi nào giải quyết xong.',
  'Nước sạch ở {place} mỗi ngày chỉ có vài giờ, mùa hè phải đi mua từng can. Xin hỏi dự án cấp nước đã hứa từ năm {year} bao giờ hoàn thành?',
  'Bãi rác tạm gần {place} bốc mùi rất nặng, trẻ em và người già trong khu không chịu nổi. Chúng tôi đã kiến nghị nhiều lần từ năm {year} nhưng chưa thấy chuyển biến. Đề nghị Thành phố di dời và công bố kết quả đo môi trường cho dân biết.',
  'Trường tiểu học ở {place} quá tải, có lớp hơn năm mươi cháu. Thành phố có kế hoạch xây thêm trường trên khu đất đã quy hoạch từ năm {year} không, và cụ thể khi nào khởi công?',
  'Tôi là nông dân trồng hoa ở {place}. Từ năm {year} giá vật tư tăng gấp đôi mà vay vốn ưu đãi thì thủ tục quá khó, phải đi lại năm bảy lần. Mong Thành phố chỉ đạo ngân hàng và các sở làm gọn thủ tục, hỗ trợ bà con tìm đầu ra ổn định cho sản phẩm.',
];

const places = ['xã Tản Lĩnh', 'phường Phú Diễn', 'thôn Hạ Bằng', 'tổ dân phố số 7', 'xã Vật Lại'];

/** The text of the `index`-th question; each is unlike the others by its last words. */
export function questionText(index: number): string {
  const template = templates[index % templates.length]!;
  return `${template
    .replace('{place}', places[index % places.length]!)
    .replace('{year}', String(2010 + (index % 14)))} (Phiếu số ${index})`;
}
