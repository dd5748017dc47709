// Packs the PNGs of one icon into the formats of Windows and macOS.

/**
 * Returns a Windows icon: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 * @param {Map<number, Buffer>} pictures PNGs by their side in pixels; those over 256 are left out
 */
export function icoFile(pictures) {
  const fitting = [...pictures].filter(([size]) => size <= 256);
  const header = Buffer.alloc(6 + 16 * fitting.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(fitting.length, 4);
  let offset = header.length;
  for (const [index, [size, png]] of fitting.entries()) {
    const entry = 6 + 16 * index;
    // 256 is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...fitting.map(([, png]) => png)]);
}

/** The block types that contain a PNG, by its side in pixels: https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
const icnsTypes = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * Returns a macOS icon.
 * @param {Map<number, Buffer>} pictures PNGs by their side in pixels; sizes that the format does not support are left out
 */
export function icnsFile(pictures) {
  const blocks = [...pictures].flatMap(([size, png]) =>
    (icnsTypes[size] ?? []).map((type) => Buffer.concat([blockHeader(type, png.length), png])),
  );
  return Buffer.concat([blockHeader('icns', Buffer.concat(blocks).length), ...blocks]);
}

function blockHeader(type, contentLength) {
  const header = Buffer.alloc(8);
  header.write(type, 'ascii');
  header.writeUInt32BE(8 + contentLength, 4);
  return header;
}
