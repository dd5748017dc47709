// Undoes the filters of a PNG's rows: https://www.w3.org/TR/png-3/#9Filters

/**
 * @param rows each with a byte for its filter, then its pixels.
 * @param rowLength bytes of one row without the filter byte.
 * @param pixelLength bytes of one pixel.
 * @throws RangeError for an unknown filter.
 */
export function unfilterPng(rows: Uint8Array, rowLength: number, pixelLength: number): Uint8Array {
  const height = rows.length / (rowLength + 1);
  const out = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (rowLength + 1)] ?? 0;
    const from = y * (rowLength + 1) + 1;
    const to = y * rowLength;
    if (filter > 4) throw new RangeError('The filter is unknown.');
    for (let x = 0; x < rowLength; x += 1) {
      const left = x >= pixelLength ? (out[to + x - pixelLength] ?? 0) : 0;
      const up = y > 0 ? (out[to + x - rowLength] ?? 0) : 0;
      const upLeft = x >= pixelLength && y > 0 ? (out[to + x - rowLength - pixelLength] ?? 0) : 0;
      out[to + x] = (rows[from + x] ?? 0) + predict(filter, left, up, upLeft);
    }
  }
  return out;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}
