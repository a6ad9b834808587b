export default {
  title: 'Điều phối điểm cầu',
};
