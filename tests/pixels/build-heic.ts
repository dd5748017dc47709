// Builds HEIC files of tiles, as cameras write large pictures. ISO/IEC 23008-12, 6.6.2.3; ISO/IEC 14496-12, 8.11.

import { isoBox } from '../../electron/generator/pipeline/test-pictures';
import { isoBoxes } from '../../shared/domain/picture-bytes/iso-boxes';

type GridOptions = {
  columns: number;
  rows: number;
  width: number;
  height: number;
  /** The size in the picture's properties, if it is another one. */
  said?: readonly [number, number];
  /** Whether the tile is a picture of the file by itself, too. */
  isTileShown?: boolean;
  /** Of its colours: primaries and curve, as ITU-T H.273 numbers them. */
  codePoints?: readonly [number, number];
};

const gridId = 1;

/** @param tile a HEIC of one picture, whose bytes are those of every tile. */
export function buildHeicGrid(tile: Buffer, options: GridOptions): Buffer {
  const { columns, rows, width, height, said = [width, height], isTileShown = false, codePoints } = options;
  const box = (name: string, from: { contentStart: number; contentEnd: number }, skipped = 0) => {
    const found = [...isoBoxes(tile, from.contentStart + skipped, from.contentEnd)].find(
      (each) => each.name === name,
    );
    if (!found) throw new Error(`The HEIC has no ${name}.`);
    return found;
  };
  const whole = { contentStart: 0, contentEnd: tile.length };
  const meta = box('meta', whole);
  const ipco = box('ipco', box('iprp', meta, 4));
  const [config, size] = [box('hvcC', ipco), box('ispe', ipco)];
  const mdat = box('mdat', whole);
  const data = tile.subarray(mdat.contentStart, mdat.contentEnd);
  const grid = Buffer.concat([Buffer.of(0, 0, rows - 1, columns - 1), shorts(width, height)]);
  const entry = (id: number, type: string, flags: number) =>
    isoBox('infe', Buffer.of(2, 0, 0, flags), shorts(id, 0), Buffer.from(`${type}\0`, 'latin1'));
  const [hidden, shown] = [1, 0];
  const tileIds = Array.from({ length: columns * rows }, (_, index) => gridId + 1 + index);
  const head = (dataAt: number) =>
    Buffer.concat([
      isoBox('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
      isoBox(
        'meta',
        longs(0),
        isoBox('hdlr', longs(0, 0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
        isoBox('pitm', longs(0), shorts(gridId)),
        isoBox(
          'iinf',
          ...[longs(0), shorts(tileIds.length + 1)],
          entry(gridId, 'grid', shown),
          ...tileIds.map((id) => entry(id, 'hvc1', isTileShown ? shown : hidden)),
        ),
        isoBox('iref', longs(0), isoBox('dimg', shorts(gridId, tileIds.length, ...tileIds))),
        isoBox(
          'iprp',
          isoBox(
            'ipco',
            tile.subarray(config.start, config.end),
            tile.subarray(size.start, size.end),
            isoBox('ispe', longs(0, ...said)),
            ...(codePoints
              ? [isoBox('colr', Buffer.from('nclx'), shorts(...codePoints, 6), Buffer.of(0x80))]
              : []),
          ),
          isoBox(
            'ipma',
            ...[
              longs(0, tileIds.length + 1),
              shorts(gridId),
              codePoints ? Buffer.of(2, 3, 4) : Buffer.of(1, 3),
            ],
            ...tileIds.map((id) => Buffer.concat([shorts(id), Buffer.of(2, 0x81, 2)])),
          ),
        ),
        isoBox('idat', grid),
        isoBox(
          'iloc',
          ...[Buffer.of(1, 0, 0, 0, 0x44, 0), shorts(tileIds.length + 1)],
          ...[shorts(gridId, 1, 0, 1), longs(0, grid.length)],
          ...tileIds.map((id) => Buffer.concat([shorts(id, 0, 0, 1), longs(dataAt, data.length)])),
        ),
      ),
    ]);
  return Buffer.concat([head(head(0).length + 8), isoBox('mdat', data)]);
}

function shorts(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value, 2 * index);
  });
  return bytes;
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, 4 * index);
  });
  return bytes;
}
