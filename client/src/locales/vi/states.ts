export default {
  dialogue: {
    draft: 'Đang chuẩn bị',
    ended: 'Đã kết thúc',
    live: 'Đang diễn ra',
    open: 'Đã mở đón đại biểu',
    paused: 'Tạm dừng',
  },
  disposition: {
    answeredHere: 'Đã trả lời tại hội nghị',
    assigned: 'Đã giao cơ quan giải quyết',
    escalated: 'Chuyển cấp trên bằng văn bản',
    outside: 'Ngoài nội dung hội nghị',
  },
  question: {
    accepted: 'Trong hàng đợi',
    asked: 'Đã gửi tới điểm cầu',
    disposed: 'Đã có hướng xử lý',
    forwarded: 'Đã chuyển lên thành phố',
    heard: 'Đã phát biểu, chờ hướng xử lý',
    onAir: 'Đang phát biểu',
    onDeck: 'Chuẩn bị phát biểu',
    returned: 'Đã trả lại',
    withdrawn: 'Đã rút',
  },
  tally: {
    done: 'Đã xong',
    held: 'Mất kết nối · giữ lượt',
    offline: 'Ngoại tuyến',
    onAir: 'ĐANG PHÁT · micro mở',
    onDeck: 'Chuẩn bị · lượt kế tiếp',
    standby: 'Chờ · micro tắt',
  },
};
