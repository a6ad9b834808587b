export default {
  title: {
    pair: 'Ghép máy điểm cầu',
    signIn: 'Đăng nhập',
  },
};
