// Reads the date of a picture from its metadata: EXIF first, then XMP, then a PNG's own texts.
import type { PictureTexts } from './picture-texts';
import { xmpText } from './xmp-text';

/** XMP properties, the most specific about the picture's creation first. */
const xmpProperties = ['exif:DateTimeOriginal', 'photoshop:DateCreated', 'xmp:CreateDate'];

/** @returns UTC milliseconds; undefined if the metadata has no valid time. */
export function dateIn({
  exif,
  xmp,
  named,
}: Pick<PictureTexts, 'exif' | 'xmp' | 'named'>): number | undefined {
  const candidates: (string | undefined)[] = [
    withZone(exif.takenAt, exif.takenAtZone),
    withZone(exif.digitizedAt, exif.takenAtZone),
    ...xmpProperties.map((property) => (xmp === null ? undefined : xmpText(xmp, property))),
    withZone(exif.changedAt, exif.changedAtZone),
    named.get('Creation Time'),
  ];
  for (const candidate of candidates) {
    const time = timeOf(candidate);
    if (time !== undefined) return time;
  }
  return undefined;
}

function withZone(time: string | undefined, zone: string | undefined): string | undefined {
  return time === undefined ? undefined : `${time}${zone ?? ''}`;
}

/** "2026:01:31 12:00:00" of EXIF, and ISO 8601, in which the time is optional. Longer texts are neither. */
const pattern =
  /^(\d{4})[:-](\d\d)[:-](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** A time without a zone is taken to be in this computer's zone, because cameras write local time. */
function timeOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = ''] =
    (trimmed.length <= 40 && pattern.exec(trimmed)) || [];
  const iso = zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const time =
    year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${iso}`);
  return time > 0 ? time : undefined;
}
