// For tests of conversions: files to convert, and the expected pixels.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { primariesByCode, writeIccProfile } from '../../electron/generator/codec/icc-profile';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import type { ForeignFormat } from '../../shared/domain/picture-files';
import { differenceOf, expectedOf } from './expected';
import { readQuarters } from './read-quarters';

/** Returns the bytes of a file of the fixtures. */
export const fixture = (name: string, folder = 'formats') =>
  readFileSync(path.resolve(import.meta.dirname, '../fixtures', folder, name));

/** Expects the converted picture to show these colours. @param expected absent: upright, in sRGB */
export async function expectShown(
  bytes: Uint8Array,
  format: ForeignFormat,
  expected = expectedOf({ orientation: 1, colours: 'sRGB' }),
) {
  expect(foreignFormatOf(bytes)).toBe(format);
  const converted = await convert(bytes, format);
  if (typeof converted === 'string') throw new Error(converted);
  expect(differenceOf(await readQuarters(converted.bytes), expected)).toBeNull();
}

export const p3 = writeIccProfile(primariesByCode[12] ?? []);
export const inP3 = expectedOf({ orientation: 1, colours: 'P3' });
