export default {
  home: 'Việc của tôi',
  notFound: {
    back: 'Về trang việc của tôi',
    text: 'Địa chỉ có thể đã thay đổi hoặc được chép thiếu.',
    title: 'Không có trang này',
  },
  skip: 'Tới nội dung chính',
};
