// Takes all pictures of an answer: base64, data URLs, bytes, and addresses, which are downloaded safely.
import { maxAnswerPictures } from '../../../shared/domain/answers';
import { withoutTrailing } from '../../../shared/domain/without-trailing';
import { failed } from './failures';
import { downloadPicture } from './http/download-picture';
import type { PictureTools } from './http/with-retries';
import type { FurtherPicture, MadePicture, ServiceFailure } from './service';

/** Base64, a data URL, an address (absolute, or relative to the service's), or the bytes themselves. */
export type PictureSource = { picture: string | Uint8Array; mimeType?: string | null };

/** Returns the picture sources of an answer, without empty entries. */
export function sourcesOf(entries: readonly (string | null | undefined)[]): PictureSource[] {
  return entries.flatMap((picture) => (picture ? [{ picture }] : []));
}

export type TakeOptions = {
  /** The service's address, to which addresses in an answer may be relative. */
  baseUrl: string;
  /** Whether pictures may be at private addresses: only if the service itself is. */
  allowPrivate: boolean;
  signal: AbortSignal;
  /** Cost of the answer; null if unknown. */
  costMicroUsd: number | null;
  /** Decodes base64; absent: with Node. */
  bytesOf?: PictureTools['bytesOf'];
  /** Maximum time for each of several linked pictures, in milliseconds. */
  maxDownloadMs?: number;
};

/** Limits each download, so that one that never ends does not lose the other pictures of its answer. */
const defaultMaxDownloadMs = 120_000;

/** More at once would share the bandwidth and need more memory. */
const maxDownloads = 4;

type Taken = { ok: true; picture: FurtherPicture } | { ok: false; failure: ServiceFailure | null };

/**
 * Returns every picture of an answer, in order. Counts those that cannot be fetched; if there is no other one,
 * returns the failure of the first, because it was made and may have been charged.
 *
 * @throws if the signal aborts.
 */
export async function takePictures(
  sources: readonly PictureSource[],
  options: TakeOptions,
): Promise<MadePicture | ServiceFailure> {
  const { costMicroUsd, maxDownloadMs = defaultMaxDownloadMs } = options;
  const maxMs = sources.length > 1 ? maxDownloadMs : undefined;
  const kept = sources.slice(0, maxAnswerPictures + 1);
  const taken: Taken[] = [];
  for (let start = 0; start < kept.length; start += maxDownloads) {
    const some = kept.slice(start, start + maxDownloads);
    taken.push(...(await Promise.all(some.map((source) => takePicture(source, options, maxMs)))));
  }
  const [first, ...further] = taken.flatMap((one) => (one.ok ? one.picture : []));
  if (first === undefined) {
    const reason = taken.find((one) => !one.ok && one.failure !== null);
    return (reason && !reason.ok && reason.failure) || failed('no_picture', null);
  }
  // Text that is not a picture is not counted, because nothing shows that a picture was meant.
  const lost = taken.filter((one) => !one.ok && one.failure !== null).length + sources.length - kept.length;
  return {
    ok: true,
    ...first,
    costMicroUsd,
    ...(further.length > 0 && { further }),
    ...(lost > 0 && { lost }),
  };
}

async function takePicture(
  { picture, mimeType = null }: PictureSource,
  options: TakeOptions,
  maxMs: number | undefined,
): Promise<Taken> {
  if (picture instanceof Uint8Array) return decoded(picture, mimeType);
  const data = /^data:([^;,]+)?([^,]*),/i.exec(picture.slice(0, 200));
  if (data) {
    const [head, type = mimeType, encoding = ''] = data;
    return decoded(bytesOfData(picture.slice(head.length), encoding), type);
  }
  const { bytesOf = (text) => Buffer.from(text, 'base64') } = options;
  if (!isAddress(picture)) return decoded(bytesOf(picture), mimeType);
  const { baseUrl, allowPrivate, signal, costMicroUsd } = options;
  const base = `${withoutTrailing(baseUrl, '/')}/`;
  const url = URL.canParse(picture, base) ? new URL(picture, base).href : picture;
  const download = await downloadPicture({
    url,
    allowPrivate,
    signal,
    costMicroUsd: costMicroUsd ?? 0,
    maxMs,
  });
  if (!download.ok) return { ok: false, failure: download };
  return { ok: true, picture: { bytes: download.bytes, mimeType: download.mimeType } };
}

/** https://www.rfc-editor.org/rfc/rfc2397: data that are not base64 are percent-encoded. */
function bytesOfData(data: string, encoding: string): Buffer {
  // Some services omit the base64 marker. A picture in plain text, such as SVG, contains a bracket or an escape.
  if (/;\s*base64\s*$/i.test(encoding) || !/[<%]/.test(data)) return Buffer.from(data, 'base64');
  const escaped = Buffer.from(data, 'utf8').toString('latin1');
  const bytes = escaped.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

function decoded(bytes: Uint8Array, mimeType: string | null): Taken {
  return bytes.length > 0 ? { ok: true, picture: { bytes, mimeType } } : { ok: false, failure: null };
}

/**
 * Returns whether a text is an absolute address, or one relative to the service. Excludes base64 of a JPEG, which
 * also begins with a slash.
 */
function isAddress(text: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return true;
  const isPath = /^\.{0,2}\/[^\s]/.test(text) && text.length < 2000;
  return isPath && !/^\/9j\//.test(text);
}
