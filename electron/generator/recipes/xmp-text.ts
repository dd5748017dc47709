// Reads the text of an XMP property without parsing the packet as XML.
import { unescapeXml } from '../../../shared/domain/xmp';

/** Longer texts are not values of a property that is read here. */
const maxLength = 1_000_000;

/**
 * Returns a property's text, whether it is an attribute or an element; the items of a list count as its text.
 * Avoids an XML parser for files of unknown origin, because only these few values are needed.
 *
 * @param property with the prefix that all known writers use, such as `dc:description`.
 */
export function xmpText(xmp: string, property: string): string | undefined {
  const element = elementText(xmp, property);
  if (element !== undefined) return element;
  const start = xmp.indexOf(` ${property}="`);
  const from = start + property.length + 3;
  const end = start < 0 ? -1 : xmp.indexOf('"', from);
  return end < 0 || end - from > maxLength ? undefined : unescapeXml(xmp.slice(from, end));
}

function elementText(xmp: string, property: string): string | undefined {
  const start = xmp.indexOf(`<${property}>`);
  const end = start < 0 ? -1 : xmp.indexOf(`</${property}>`, start);
  if (end < 0 || end - start > maxLength) return undefined;
  const [first = '', ...tagged] = xmp.slice(start + property.length + 2, end).split('<');
  const texts = [first, ...tagged.map((piece) => piece.slice(piece.indexOf('>') + 1))];
  const text = texts.join('').trim();
  return text === '' ? undefined : unescapeXml(text);
}
