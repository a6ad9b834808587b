export default {
  title: 'Bàn chủ trì',
};
