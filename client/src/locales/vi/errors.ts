export default {
  offline: 'Không gửi được vì mất kết nối. Nội dung vẫn còn trên máy này và sẽ tự gửi lại.',
  unexpected: 'Có lỗi ngoài dự kiến. Những gì đã lưu vẫn an toàn; hãy thử lại.',
};
