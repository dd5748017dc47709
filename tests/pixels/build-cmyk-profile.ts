// Writes a small profile of printing inks, which swaps cyan and yellow: https://www.color.org/specification/ICC.1-2022-05.pdf

/** CIE Lab of what two or three inks print on each other, by the bits of cyan, magenta and yellow. */
const printed: readonly (readonly [number, number, number])[] = [
  [100, 0, 0],
  [91, -50, -15],
  [60, 93, -60],
  [30, 68, -112],
  [98, -16, 93],
  [88, -79, 81],
  [54, 81, 70],
  [0, 0, 0],
];

/** A table of two steps for each ink: 10.11, `lut8Type`. */
export function writeCmykProfile(): Buffer {
  const corners = Array.from({ length: 16 }, (_, corner) => {
    // The first ink changes slowest.
    const [cyan, magenta, yellow, black] = [8, 4, 2, 1].map((bit) => (corner & bit ? 1 : 0));
    const swapped = (yellow ?? 0) + 2 * (magenta ?? 0) + 4 * (cyan ?? 0);
    const [light, a, b] = black ? [0, 0, 0] : (printed[swapped] ?? [0, 0, 0]);
    return [Math.round(light * 2.55), a + 128, b + 128];
  });
  const straight = Array.from({ length: 256 }, (_, value) => value);
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1].flatMap((value) => [0, value, 0, 0]);
  const table = Buffer.concat([
    Buffer.from('mft1\0\0\0\0\x04\x03\x02\0', 'latin1'),
    Buffer.from(identity),
    Buffer.from([...straight, ...straight, ...straight, ...straight]),
    Buffer.from(corners.flat()),
    Buffer.from([...straight, ...straight, ...straight]),
  ]);
  const tagAt = 128 + 4 + 12;
  const bytes = Buffer.alloc(tagAt);
  bytes.writeUInt32BE(tagAt + table.length, 0);
  bytes.writeUInt32BE(0x02400000, 8);
  bytes.write('prtrCMYKLab ', 12, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  [0xf6d6, 0x10000, 0xd32d].forEach((value, index) => {
    bytes.writeUInt32BE(value, 68 + 4 * index);
  });
  bytes.writeUInt32BE(1, 128);
  bytes.write('A2B0', 132, 'latin1');
  bytes.writeUInt32BE(tagAt, 136);
  bytes.writeUInt32BE(table.length, 140);
  return Buffer.concat([bytes, table]);
}
