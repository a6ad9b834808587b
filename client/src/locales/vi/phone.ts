export default {
  ask: {
    empty: 'Chưa tham gia hội nghị',
    emptyText: 'Quét mã QR tại hội trường để gửi ý kiến.',
  },
  follow: {
    empty: 'Chưa có ý kiến nào',
    emptyText: 'Ý kiến của ông/bà và phụ đề trực tiếp sẽ hiện ở đây.',
  },
  hand: {
    empty: 'Chưa tham gia hội nghị',
    emptyText: 'Quét mã QR tại hội trường để giơ tay phát biểu.',
  },
  tabs: {
    ask: 'Hỏi',
    follow: 'Theo dõi',
    hand: 'Giơ tay',
    label: 'Các mục',
  },
};
