export default {
  title: 'Hồ sơ hội nghị',
};
