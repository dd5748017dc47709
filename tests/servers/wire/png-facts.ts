// Reads the header of a PNG, to check the form and the size of a mask.

/** `hasAlpha`: by the colour type. `isGray`: 8-bit gray without alpha. https://www.w3.org/TR/png-3/#11IHDR */
export type PngFacts = { width: number; height: number; hasAlpha: boolean; isGray: boolean };

/** Returns null for bytes that are not a PNG. */
export function pngFacts(bytes: Uint8Array): PngFacts | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 33 || buffer.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  const [depth, colourType] = [buffer.readUInt8(24), buffer.readUInt8(25)];
  return {
    ...{ width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) },
    ...{ hasAlpha: colourType === 4 || colourType === 6, isGray: colourType === 0 && depth === 8 },
  };
}

/** Returns whether both are PNGs of this size and the mask is gray. */
export function isMaskOf(mask: string, picture: string, size: { width: number; height: number }): boolean {
  const facts = pngFacts(Buffer.from(mask, 'base64'));
  const of = pngFacts(Buffer.from(picture, 'base64'));
  const fits = (found: PngFacts | null) => found?.width === size.width && found.height === size.height;
  return fits(facts) && fits(of) && facts?.isGray === true;
}
