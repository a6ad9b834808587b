export default {
  ask: {
    empty: 'Xin viết ý kiến trước khi gửi.',
    field: 'Lĩnh vực',
    kept: 'Được giữ trên máy này đến khi gửi xong.',
    label: 'Nội dung',
    left: 'Còn {count} ký tự',
    nameless: 'Ý kiến được gửi không kèm họ tên.',
    noField: 'Để điều phối điểm cầu chọn giúp',
    placeholder: 'Ví dụ: Đường thôn Đông ngập mỗi khi mưa to, bao giờ được sửa?',
    send: 'Gửi ý kiến',
    sent: 'Đã gửi ý kiến.',
    title: 'Gửi ý kiến, câu hỏi',
  },
  back: 'Quay lại',
  captions: 'Phụ đề trực tiếp',
  captionsFollow: 'Tiếp tục theo dõi',
  captionsMissed: 'Xem {count} dòng mới',
  captionsPause: 'Tạm dừng để đọc',
  code: {
    empty: 'Xin nhập mã tham gia.',
    go: 'Tiếp tục',
    label: 'Mã tham gia',
    text: 'Mã gồm chữ và số, in dưới mã QR trên áp phích hoặc màn hình của hội trường.',
    title: 'Nhập mã tham gia',
  },
  disposition: {
    answeredHere: 'Đã được trả lời tại hội nghị.',
    assigned: 'Đã giao {agency} giải quyết, hạn trả lời {date}.',
    escalated: 'Chuyển {to} bằng văn bản.',
    outside: 'Ngoài nội dung hội nghị này: {reason}',
  },
  ended: {
    text: 'Ý kiến đã gửi vẫn được lưu trong hồ sơ hội nghị. Ý kiến chưa được nêu sẽ được trả lời bằng văn bản.',
    title: 'Hội nghị đã kết thúc',
  },
  failed: {
    title: 'Chưa vào được hội nghị',
  },
  follow: {
    captions: 'Phụ đề',
    empty: 'Chưa có ý kiến nào',
    emptyText: 'Ý kiến ông/bà gửi sẽ hiện ở đây, kèm kết quả xử lý.',
    questions: 'Ý kiến của tôi ({count})',
    views: 'Nội dung theo dõi',
  },
  hand: {
    ask: 'Viết ý kiến',
    down: {
      text: 'Giơ tay để xin phát biểu trực tiếp tại {hall}. Điều phối điểm cầu thấy tay theo đúng thứ tự giơ.',
      title: 'Giơ tay phát biểu',
    },
    lower: 'Hạ tay',
    named: 'Điều phối điểm cầu sẽ thấy tên {name}.',
    nameless: 'Ông/bà tham gia không ghi tên: xin giơ cả tay thật để điều phối nhận ra.',
    orAsk: 'Không muốn nói trước hội trường? Có thể gửi bằng chữ.',
    raise: 'Giơ tay',
    rising: {
      text: 'Tay đang chờ gửi. Máy sẽ tự gửi khi có mạng.',
      title: 'Đang giơ tay…',
    },
    since: 'Từ {time}',
    sinking: {
      text: 'Máy sẽ tự báo hạ tay khi có mạng.',
      title: 'Đang hạ tay…',
    },
    up: {
      text: 'Điều phối tại {hall} thấy tay của ông/bà, xếp theo thứ tự giơ tay.',
      title: 'Đang giơ tay',
    },
  },
  host: 'Chủ trì',
  join: {
    go: 'Tham gia',
    hall: '{name} ({of})',
    name: {
      none: 'Họ và tên',
      optional: 'Họ và tên (không bắt buộc)',
      required: 'Họ và tên',
    },
    nameExample: 'Ví dụ: Nguyễn Thị Hoa',
    title: 'Tham gia hội nghị',
    use: {
      none: 'Hội nghị này không hỏi họ tên. Ý kiến được gửi không kèm tên.',
      optional:
        'Ghi tên thì điều phối điểm cầu mời phát biểu dễ hơn. Mỗi lần gửi ý kiến, ông/bà chọn ai được thấy tên. Để trống thì ý kiến không kèm tên.',
      required:
        'Hội nghị này cần họ tên người hỏi. Mỗi lần gửi ý kiến, ông/bà chọn ai được thấy tên: mọi người, điểm cầu của mình, hay chỉ ban thư ký.',
    },
  },
  loading: 'Đang vào hội nghị',
  name: {
    change: 'Thay đổi',
    desk: {
      text: 'Chỉ ban thư ký và chủ trì thấy tên. Điểm cầu không thấy.',
      title: 'Chỉ ban thư ký',
    },
    hall: {
      text: 'Điều phối điểm cầu, ban thư ký và chủ trì thấy tên. Tên không hiện trên màn hình.',
      title: 'Điểm cầu và ban thư ký',
    },
    legend: 'Ai được thấy tên của ông/bà cùng ý kiến này?',
    none: {
      text: 'Tên không được lưu cùng ý kiến. Không ai liên hệ lại được qua ý kiến này.',
      title: 'Không ai (ẩn danh)',
    },
    public: {
      text: 'Tên hiện trên màn hình các hội trường, phụ đề và biên bản công khai.',
      title: 'Mọi người',
    },
    title: 'Tên {name} hiện với',
  },
  next: {
    accepted: 'Ban thư ký đã nhận. Xin chờ đến lượt.',
    asked: 'Điều phối tại {hall} đang đọc trước khi chuyển lên thành phố.',
    forwarded: 'Ban thư ký của thành phố đang đọc.',
    heard: 'Đã nêu tại hội nghị. Chờ chủ trì kết luận hướng xử lý.',
    merged:
      'Ý kiến của ông/bà được gộp với ý kiến có cùng nội dung; khi có trả lời, ông/bà sẽ được báo ở đây.',
    onAir: 'Mời ông/bà phát biểu.',
    onDeck: 'Xin đến gần micro của điểm cầu.',
    returned: 'Có thể sửa rồi gửi lại.',
    waiting: 'Chưa có mạng. Máy sẽ tự gửi một lần khi có mạng; có thể tắt màn hình.',
  },
  notOpen: {
    again: 'Kiểm tra lại',
    text: 'Trang này tự vào khi ban tổ chức mở đón đại biểu.',
    title: 'Hội nghị chưa mở',
  },
  question: {
    askAgain: 'Sửa và gửi lại',
    drop: 'Bỏ',
    news: 'Ý kiến của ông/bà: {state}',
    place: 'Thứ {place} trong hàng đợi',
    reason: 'Lý do trả lại:',
    unsent: 'Chưa gửi được.',
    waiting: 'Chờ gửi',
    withdraw: 'Rút ý kiến',
    withdrawn: 'Đã rút ý kiến.',
    wording: 'Điều phối ghi lại:',
  },
  replace: {
    confirm: 'Thay nội dung',
    text: 'Ô soạn đang có nội dung khác chưa gửi. Nội dung đó sẽ mất.',
    title: 'Thay nội dung đang viết?',
  },
  sent: {
    another: 'Hỏi thêm',
    follow: 'Xem ý kiến',
    next: 'Tiếp theo',
    refused: {
      text: 'Máy chủ không nhận ý kiến này. Nội dung vẫn còn ở mục Theo dõi.',
      title: 'Chưa gửi được',
    },
    sent: {
      text: 'Ý kiến đã đến {hall} và được lưu vào hồ sơ hội nghị.',
      title: 'Đã gửi',
    },
    steps: {
      host: 'Đến lượt, điểm cầu được mời phát biểu và chủ trì kết luận hướng xử lý.',
      moderator: 'Điều phối tại {hall} đọc, ghi lại cho rõ và chuyển lên thành phố.',
      secretary: 'Ban thư ký đọc và xếp vào hàng đợi ý kiến.',
    },
    waiting: {
      text: 'Ý kiến đã lưu trên máy này và sẽ tự gửi một lần khi có mạng.',
      title: 'Chờ gửi',
    },
  },
  sessionEnded: {
    again: 'Tham gia lại',
    text: 'Ban tổ chức đã kết thúc phiên tham gia của máy này. Ý kiến đã gửi vẫn được lưu.',
    title: 'Phiên tham gia đã kết thúc',
  },
  strip: {
    ended: 'Hội nghị đã kết thúc',
    held: '{hall} mất kết nối, đang giữ lượt',
    host: 'Chủ trì đang điều hành',
    hostNext: 'Chủ trì đang điều hành. Tiếp theo: {next}',
    notStarted: 'Bắt đầu lúc {time}',
    onAir: 'Đang phát biểu: {who}',
    paused: 'Hội nghị tạm dừng',
  },
  tabs: {
    ask: 'Hỏi',
    follow: 'Theo dõi',
    hand: 'Giơ tay',
    label: 'Các mục',
  },
  withdraw: {
    confirm: 'Rút ý kiến',
    text: 'Ý kiến sẽ ra khỏi hàng đợi và không được nêu tại hội nghị.',
    title: 'Rút ý kiến này?',
  },
  yourTurn: {
    held: {
      text: 'Điểm cầu mất kết nối, micro đã tắt. Xin chờ được mời tiếp.',
      title: 'Lượt của ông/bà được giữ',
    },
    onAir: {
      text: 'Micro của điểm cầu đang mở.',
      title: 'Mời ông/bà phát biểu',
    },
    onDeck: {
      text: 'Xin đến gần micro của điểm cầu.',
      title: 'Sắp đến lượt ý kiến của ông/bà',
    },
  },
};
