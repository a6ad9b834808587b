import { describe, expect, test } from 'vitest';
import { contentOf } from './content.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('what a file is', () => {
  test.each([
    ['\xff\xd8\xff\xe1\x00\x10Exif', 'jpeg'],
    ['\x89PNG\r\n\x1a\n\x00\x00', 'png'],
    ['RIFF\x10\x00\x00\x00WEBPVP8 ', 'webp'],
    ['RIFF\x10\x00\x00\x00WAVEfmt ', null],
    ['%PDF-1.7\n', 'pdf'],
    ['\n%PDF-1.7\n', null],
    ['<!doctype html><script>', null],
    ['<svg xmlns="http://www.w3.org/2000/svg">', null],
    ['GIF89a', null],
    ['PK\x03\x04', null],
    ['\xff\xd8', null],
    ['', null],
  ])('%j is %s', (text, type) => {
    expect(contentOf(bytes(text))).toBe(type);
  });
});
