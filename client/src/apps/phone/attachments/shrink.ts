/** As large as the server keeps it. */
const maxSidePx = 2_000;
/** Below this a photo is sent as it is. */
const smallBytes = 400_000;
const quality = 0.85;

/**
 * A photo made as small as it will be kept, so that a poor line carries a tenth of it. What the
 * browser cannot open goes as it is: the server decides.
 */
export async function shrink(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.size <= smallBytes) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, maxSidePx / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const smaller = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', quality),
    );
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  }
}
