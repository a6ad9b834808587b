export default {
  title: {
    accounts: 'Tài khoản',
    dialogues: 'Hội nghị đối thoại',
    posters: 'Áp phích mã QR',
    sessions: 'Phiên đăng nhập',
    setup: 'Chuẩn bị hội nghị',
  },
};
