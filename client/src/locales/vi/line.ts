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
  over: {
    desk: {
      gone: 'Cuộc gọi kết thúc lúc {time}: máy của điểm cầu mất kết nối.',
      hungUp: 'Điểm cầu đã kết thúc cuộc gọi lúc {time}.',
      ownGone: 'Cuộc gọi kết thúc lúc {time}: máy của kỹ thuật thành phố mất kết nối.',
    },
    hall: {
      gone: 'Cuộc gọi kết thúc lúc {time}: máy của kỹ thuật thành phố mất kết nối.',
      hungUp: 'Kỹ thuật thành phố đã kết thúc cuộc gọi lúc {time}.',
      ownGone: 'Cuộc gọi kết thúc lúc {time}: máy của điểm cầu này mất kết nối.',
    },
  },
  own: 'Tôi',
  placeholder: {
    desk: 'Nhắn cho kỹ thuật điểm cầu',
    hall: 'Nhắn cho kỹ thuật thành phố',
  },
  replaced: {
    desk: 'Một trang khác của tài khoản này đang nói. Bấm Nói để nói từ trang này.',
    hall: 'Một máy khác của điểm cầu đang nói với kỹ thuật. Bấm Nói để nói từ máy này.',
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
