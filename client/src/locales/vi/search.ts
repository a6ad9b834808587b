export default {
  anyDialogue: 'Mọi hội nghị được xem',
  at: 'mốc {time}',
  dialogue: 'Tìm trong hội nghị',
  failed: 'Chưa tìm được',
  found: '{count} kết quả',
  foundMore: '{count} kết quả đầu',
  more: 'Xem thêm kết quả',
  none: {
    inOne: 'Thử từ khác, ít từ hơn, hoặc tìm trong mọi hội nghị.',
    text: 'Thử từ khác hoặc ít từ hơn. Không cần gõ dấu; mọi từ đã gõ phải có trong cùng một dòng.',
    title: 'Không tìm thấy lời phát biểu nào',
  },
  placeholder: 'Gõ vài từ đã được nói, có dấu hoặc không dấu',
  start: {
    nothing: 'Khi một hội nghị được phân công đã diễn ra, lời phát biểu ở đó sẽ tìm được tại đây.',
    text: 'Ví dụ: nạo vét kênh mương. Kết quả dẫn tới đúng câu trong bản gỡ băng, và phát lại từ đó nếu có âm thanh.',
    title: 'Tìm lời đã nói ở các hội nghị',
  },
  text: 'Tìm lời đã nói trong bản gỡ băng của mọi hội nghị được xem.',
  title: 'Tìm lời phát biểu',
};
