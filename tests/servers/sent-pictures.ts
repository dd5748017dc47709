// The rules for a picture that is sent to a service: a complete file of a common format, without metadata.

/** The beginning of each format's bytes, as Latin-1. */
const starts: Readonly<Record<string, (text: string) => boolean>> = {
  'image/png': (text) => text.startsWith('\x89PNG\r\n\x1a\n'),
  'image/jpeg': (text) => text.startsWith('\xff\xd8\xff'),
  'image/webp': (text) => text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP',
};

/** EXIF, XMP, texts and content credentials, as they begin in the files of each format. */
const metadata = /Exif\0|http:\/\/ns\.adobe\.com\/x|tEXt|iTXt|zTXt|eXIf|EXIF|XMP |Photoshop 3\.0|jumb|c2pa/;

/** Returns the reason why a picture must not be sent; null if it may be. */
export function problemOfPicture(mimeType: string, bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('latin1');
  if (!starts[mimeType]?.(text)) return `The picture is no ${mimeType}.`;
  const found = metadata.exec(text);
  return found && `The picture brings metadata: ${JSON.stringify(found[0])}.`;
}

/** Like `problemOfPicture`, for a data URL. */
export function problemOfDataUrl(url: string): string | null {
  const [, type, data] = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(url) ?? [];
  if (type === undefined || data === undefined) return 'The picture has no data URL.';
  return problemOfPicture(type, Buffer.from(data, 'base64'));
}
