import { expect, test } from 'vitest';
import { isQuestion } from './questions.ts';

test.each<[string]>([
  ['bao giờ dự án khởi công'],
  ['bao giờ có nước sạch ạ'],
  ['thưa đồng chí chủ tịch bao giờ có nước sạch'],
  ['xin hỏi vì sao đường chưa làm'],
  ['cho hỏi khi nào có kết quả ạ'],
  ['phường đã kiểm tra chưa'],
  ['thành phố có hỗ trợ người dân không ạ'],
  ['như vậy có đúng không'],
  ['chúng tôi làm thế được không ạ'],
  ['hồ sơ nộp ở đâu ạ'],
  ['mức đền bù là bao nhiêu'],
  ['trách nhiệm thuộc về ai'],
  ['tình hình đến nay ra sao'],
  ['phải không'],
  ['liệu có kịp trong năm nay'],
])('asks: %s', (sentence) => {
  expect(isQuestion(sentence)).toBe(true);
});

test.each<[string]>([
  ['tôi đồng ý'],
  ['đường vẫn chưa'],
  ['giấy tờ thì không'],
  ['chúng tôi không biết bao giờ'],
  ['đề nghị xem xét có nên làm hay không'],
  ['dù thế nào'],
  ['khi nào xong thì tôi báo'],
  ['ở đâu cũng vậy'],
  ['bất kỳ ai'],
  ['không có ai'],
  ['tôi cảm ơn ạ'],
  ['nhà có ba người con'],
  ['chưa'],
  ['không'],
])('does not ask: %s', (sentence) => {
  expect(isQuestion(sentence)).toBe(false);
});
