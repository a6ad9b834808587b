export default {
  title: 'Hàng đợi ý kiến',
};
