export default {
  answer: 'Trả lời',
  busy: '{name} đang nói chuyện với điểm cầu này.',
  called: {
    desk: 'Điểm cầu đang gọi.',
    hall: '{name} đang gọi. Micro của đường dây riêng chỉ mở khi bấm Trả lời.',
  },
  cancel: 'Thôi gọi',
  decline: 'Từ chối',
  failed: 'Không mở được micro cho đường dây riêng. Kiểm tra micro rồi bấm Nói.',
  hangUp: 'Kết thúc cuộc gọi',
  messages: 'Tin nhắn',
  none: {
    desk: 'Chưa có tin nhắn nào với điểm cầu này.',
    hall: 'Nhắn cho kỹ thuật thành phố khi cần hỗ trợ. Người dự không đọc được.',
  },
  open: {
    desk: 'Đang nói chuyện riêng. Hội trường khác không nghe thấy.',
    hall: 'Đang nói chuyện riêng với kỹ thuật. Hội trường khác không nghe thấy.',
  },
  own: 'Tôi',
  placeholder: {
    desk: 'Nhắn cho kỹ thuật điểm cầu',
    hall: 'Nhắn cho kỹ thuật thành phố',
  },
  ring: {
    desk: 'Gọi điểm cầu',
    hall: 'Gọi kỹ thuật',
  },
  ringing: 'Đang gọi, chờ trả lời…',
  send: 'Gửi tin nhắn',
  side: {
    desk: 'Kỹ thuật thành phố',
    hall: 'Điểm cầu',
  },
  talk: 'Nói',
  unread: '{count} tin mới',
};
