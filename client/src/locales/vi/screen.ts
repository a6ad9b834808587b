export default {
  captions: { leader: 'Chủ trì' },
  connected: '{count} trên {of} điểm cầu đã kết nối',
  ended: { text: 'Xin cảm ơn ông, bà đã tham dự.', title: 'Hội nghị đã kết thúc' },
  join: {
    address: 'hoặc mở {address}',
    code: 'Mã tham gia',
    label: 'Mã QR tham gia hội nghị',
    title: 'Quét mã để gửi ý kiến',
  },
  leader: 'Bàn chủ trì',
  next: {
    here: 'điểm cầu này',
    none: 'Chưa có lượt kế tiếp',
    onDeck: 'chuẩn bị',
    title: 'Tiếp theo',
  },
  own: {
    held: 'Lượt của điểm cầu này được giữ · micro tắt',
    onAir: 'Điểm cầu này ĐANG PHÁT · micro mở',
    onDeck: 'Điểm cầu này chuẩn bị phát biểu',
  },
  paused: { text: 'Hội nghị sẽ tiếp tục trong ít phút.', title: 'Hội nghị tạm dừng' },
  reconnecting: 'Đang kết nối lại…',
  revoked: { text: 'Xin mã ghép mới từ ban thư ký.', title: 'Phiên của màn hình này đã kết thúc' },
  start: {
    button: 'Bắt đầu',
    text: 'Bấm một lần để màn hình được phát tiếng. Sau đó màn hình tự chạy.',
    title: 'Màn hình hội trường',
  },
  startsAt: 'Bắt đầu lúc {time}',
  theme: { dark: 'Nền tối', light: 'Nền sáng' },
  unpaired: {
    action: 'Ghép máy này',
    text: 'Ghép máy bằng mã do ban thư ký cấp, hoặc mở màn hình từ trang điều phối điểm cầu.',
    title: 'Màn hình chưa được ghép với điểm cầu',
  },
  waiting: 'Chờ hội nghị bắt đầu',
};
