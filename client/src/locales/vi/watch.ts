export default {
  captions: 'Phụ đề',
  captionsOff: 'Tắt phụ đề',
  ended: 'Buổi phát trực tiếp đã kết thúc. Xin cảm ơn quý vị đã theo dõi.',
  leader: 'Chủ trì',
  loading: 'Đang tải hình…',
  sound: 'Bật tiếng',
  title: 'Xem trực tiếp',
  unsupported:
    'Trình duyệt này không phát được. Xin dùng bản mới của Chrome, Firefox, Edge hoặc Safari.',
  waiting: 'Chưa có buổi phát ở địa chỉ này. Trang sẽ tự phát khi hội nghị bắt đầu.',
};
