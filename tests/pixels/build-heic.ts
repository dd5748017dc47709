// Builds HEIC files of tiles, as cameras write large pictures. ISO/IEC 23008-12, 6.6.2.3.
import { buildHeif, codePointsBox, partsOf, shorts, sizeBox } from './build-heif';

type GridOptions = {
  columns: number;
  rows: number;
  width: number;
  height: number;
  /** The size in the picture's properties, if it is another one. */
  said?: readonly [number, number];
  /** Whether the tile is a picture of the file by itself, too. */
  isTileShown?: boolean;
  /** Colour primaries and curve, as ITU-T H.273 numbers them. */
  codePoints?: readonly [number, number];
};

const gridId = 1;

/** @param tile a HEIC of one picture, whose bytes are those of every tile. */
export function buildHeicGrid(tile: Buffer, options: GridOptions): Buffer {
  const { columns, rows, width, height, said = [width, height], isTileShown = false, codePoints } = options;
  const { property, data } = partsOf(tile);
  const tiles = Array.from({ length: columns * rows }, (_, index) => gridId + 1 + index);
  const grid = Buffer.concat([Buffer.of(0, 0, rows - 1, columns - 1), shorts(width, height)]);
  return buildHeif({
    primary: gridId,
    items: [
      {
        ...{ id: gridId, type: 'grid', data: grid, isInHeader: true },
        properties: codePoints ? [3, 4] : [3],
      },
      ...tiles.map((id) => ({ id, type: 'hvc1', isHidden: !isTileShown, data, properties: [0x81, 2] })),
    ],
    properties: [
      ...[property('hvcC'), property('ispe'), sizeBox(...said)],
      ...(codePoints ? [codePointsBox(codePoints)] : []),
    ],
    references: [{ kind: 'dimg', from: gridId, to: tiles }],
  });
}
