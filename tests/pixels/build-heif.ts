// Builds HEIF files of any pictures, properties and references. ISO/IEC 23008-12; ISO/IEC 14496-12, 8.11.
import { isoBox } from '../../electron/generator/pipeline/test-pictures';
import { isoBoxes } from '../../shared/domain/picture-bytes/iso-boxes';

export type HeifItem = {
  id: number;
  type: string;
  /** Whether it is part of another picture only. */
  isHidden?: boolean;
  /** Numbers of the file's properties, from 1 on. */
  properties?: readonly number[];
  /** Items may share it. */
  data: Buffer;
  /** Whether the data is within the header, as that of derived pictures. */
  isInHeader?: boolean;
};

export type Heif = {
  brands?: readonly string[];
  primary: number;
  items: readonly HeifItem[];
  properties: readonly Buffer[];
  references?: readonly { kind: string; from: number; to: readonly number[] }[];
  /** Pictures of which a reader shows one, the best that it knows. */
  alternatives?: readonly number[];
};

export function buildHeif(heif: Heif): Buffer {
  const { brands = ['heic', 'mif1', 'heic'], items } = heif;
  const [major = '', ...compatible] = brands;
  const data = [...new Set(items.filter(({ isInHeader }) => !isInHeader).map((item) => item.data))];
  const head = (dataAt: number) =>
    Buffer.concat([
      isoBox('ftyp', Buffer.from(`${major}\0\0\0\0${compatible.join('')}`, 'latin1')),
      metaOf(heif, (wanted) => dataAt + lengthOf(data.slice(0, data.indexOf(wanted)))),
    ]);
  return Buffer.concat([head(head(0).length + 8), isoBox('mdat', ...data)]);
}

/** @param placeOf returns where data is in the file. */
export function metaOf(heif: Omit<Heif, 'brands'>, placeOf: (data: Buffer) => number): Buffer {
  const { primary, items, properties, references = [], alternatives = [] } = heif;
  const inHeader = items.filter(({ isInHeader }) => isInHeader).map((item) => item.data);
  const described = items.filter((item) => item.properties);
  const flags = ({ isHidden }: HeifItem) => (isHidden ? 1 : 0);
  return isoBox(
    'meta',
    longs(0),
    isoBox('hdlr', longs(0, 0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
    isoBox('pitm', longs(0), shorts(primary)),
    isoBox(
      'iinf',
      ...[longs(0), shorts(items.length)],
      ...items.map((item) =>
        isoBox(
          'infe',
          ...[Buffer.of(2, 0, 0, flags(item)), shorts(item.id, 0), Buffer.from(`${item.type}\0`, 'latin1')],
        ),
      ),
    ),
    ...(references.length === 0
      ? []
      : [
          isoBox(
            'iref',
            longs(0),
            ...references.map(({ kind, from, to }) => isoBox(kind, shorts(from, to.length, ...to))),
          ),
        ]),
    isoBox(
      'iprp',
      isoBox('ipco', ...properties),
      isoBox(
        'ipma',
        longs(0, described.length),
        ...described.map(({ id, properties: numbers = [] }) =>
          Buffer.concat([shorts(id), Buffer.of(numbers.length, ...numbers)]),
        ),
      ),
    ),
    ...(inHeader.length === 0 ? [] : [isoBox('idat', ...inHeader)]),
    isoBox(
      'iloc',
      ...[Buffer.of(1, 0, 0, 0, 0x44, 0), shorts(items.length)],
      ...items.map((item) => {
        const at = item.isInHeader
          ? lengthOf(inHeader.slice(0, inHeader.indexOf(item.data)))
          : placeOf(item.data);
        return Buffer.concat([shorts(item.id, item.isInHeader ? 1 : 0, 0, 1), longs(at, item.data.length)]);
      }),
    ),
    ...(alternatives.length === 0
      ? []
      : [isoBox('grpl', isoBox('altr', longs(0, 1000, alternatives.length, ...alternatives)))]),
  );
}

/** Returns what a HEIC or AVIF of one picture has: the boxes of its properties by their names, and its data. */
export function partsOf(file: Buffer): { property: (name: string) => Buffer; data: Buffer } {
  const box = (name: string, from: { contentStart: number; contentEnd: number }, skipped = 0) => {
    const found = [...isoBoxes(file, from.contentStart + skipped, from.contentEnd)].find(
      (each) => each.name === name,
    );
    if (!found) throw new Error(`The file has no ${name}.`);
    return found;
  };
  const whole = { contentStart: 0, contentEnd: file.length };
  const ipco = box('ipco', box('iprp', box('meta', whole), 4));
  const mdat = box('mdat', whole);
  return {
    property(name) {
      const { start, end } = box(name, ipco);
      return file.subarray(start, end);
    },
    data: file.subarray(mdat.contentStart, mdat.contentEnd),
  };
}

/** @param codePoints primaries and curve, as ITU-T H.273 numbers them. */
export function codePointsBox(codePoints: readonly [number, number]): Buffer {
  return isoBox('colr', Buffer.from('nclx'), shorts(...codePoints, 6), Buffer.of(0x80));
}

export function profileBox(profile: Uint8Array): Buffer {
  return isoBox('colr', Buffer.from('prof'), profile);
}

export function sizeBox(width: number, height: number): Buffer {
  return isoBox('ispe', longs(0, width, height));
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

export function shorts(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value, 2 * index);
  });
  return bytes;
}

export function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, 4 * index);
  });
  return bytes;
}
