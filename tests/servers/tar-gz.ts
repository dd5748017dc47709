// Makes gzipped tar files for tests, including ones that no program would make.
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData, Pax } from 'tar';

type Common = { name: string; mode?: number };
export type TarContent = Common &
  (
    | { text: string }
    | { folder: true }
    | { linkTo: string }
    | { hardLinkTo: string }
    | { type: 'FIFO' | 'CharacterDevice' }
  );

const blockBytes = 512;

/** Returns the bytes of an archive with these entries, in order. */
export function tarGz(contents: readonly TarContent[]): Buffer {
  return gzipSync(Buffer.concat([...contents.map(entryOf), Buffer.alloc(2 * blockBytes)]));
}

function entryOf(content: TarContent): Buffer {
  const body = Buffer.from('text' in content ? content.text : '');
  const facts = {
    ...{ path: content.name, mode: content.mode ?? 0o644, size: body.length, mtime: new Date(0) },
    ...{ uid: 0, gid: 0, type: typeOf(content) },
    ...(linkOf(content) !== null && { linkpath: linkOf(content) ?? '' }),
  };
  const header = new Header(facts);
  const bytes = Buffer.alloc(blockBytes);
  // A name that is too long is stored in a preceding header.
  const long = header.encode(bytes) ? new Pax({ path: content.name }).encode() : Buffer.alloc(0);
  const padding = Buffer.alloc((blockBytes - (body.length % blockBytes)) % blockBytes);
  return Buffer.concat([long, bytes, body, padding]);
}

function typeOf(content: TarContent): NonNullable<HeaderData['type']> {
  if ('type' in content) return content.type;
  if ('folder' in content) return 'Directory';
  if ('linkTo' in content) return 'SymbolicLink';
  return 'hardLinkTo' in content ? 'Link' : 'File';
}

function linkOf(content: TarContent): string | null {
  if ('linkTo' in content) return content.linkTo;
  return 'hardLinkTo' in content ? content.hardLinkTo : null;
}
