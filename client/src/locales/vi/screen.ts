export default {
  waiting: 'Chờ hội nghị bắt đầu',
  waitingText: 'Màn hình tự chuyển khi hội nghị bắt đầu.',
};
