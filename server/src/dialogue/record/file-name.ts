import { fold } from '@nhip-cau/shared/model/text';

/** A file's name that every system takes: `hoi-nghi-doi-thoai-go-bang.vtt`. */
export function fileName(title: string, suffix: string, extension: string): string {
  const stem = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return `${stem || 'nhip-cau'}-${suffix}.${extension}`;
}
