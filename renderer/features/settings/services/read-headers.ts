// Reads the extra headers of a service from text.
import { type Service, secretHeaders, serviceHeadersSchema } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';

export type HeadersRead = { ok: true; headers: Service['headers'] } | { ok: false; problem: string };

/** Reads lines such as "X-Project: pictures". */
export function readHeaders(text: string): HeadersRead {
  const headers: [string, string][] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon <= 0) return { ok: false, problem: t('settings.header_without_name') };
    if (secretHeaders.test(name)) return { ok: false, problem: t('settings.header_secret', { name }) };
    headers.push([name, line.slice(colon + 1).trim()]);
  }
  const parsed = serviceHeadersSchema.safeParse(Object.fromEntries(headers));
  return parsed.success
    ? { ok: true, headers: parsed.data }
    : { ok: false, problem: t('settings.header_not_sent') };
}
