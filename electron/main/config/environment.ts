// Everything that is read from the environment, once, at boot.
import path from 'node:path';
import type { KeyedProvider } from '../../../shared/domain/keys';
import { type Limits, limitsSchema } from '../../../shared/domain/limits';
import { type ProviderId, providerIdSchema, providerIds } from '../../../shared/domain/models';

export type Environment = {
  /** Null: Electron's own folder for this app. */
  dataFolder: string | null;
  /** The provider for this run, over the saved setting. */
  provider: ProviderId | null;
  /** Pictures a minute and a day for this run, over the saved limits of every provider. */
  limits: Limits | null;
  painterDelayMs: number;
  /** Where newer versions are looked for in this run; null: where the build says, if it does. */
  updateFeed: string | null;
  /** What it says of the providers that are asked over a network; null where it says nothing. */
  google: { apiKey: string | null; baseUrl: string | null };
  imagen: { baseUrl: string | null; project: string | null; location: string | null };
  openai: { apiKey: string | null; baseUrl: string | null };
  automatic1111: { baseUrl: string | null };
};

/** A variable has a value that cannot be meant. The message is for the user who set it. */
export class BadEnvironment extends Error {
  override readonly name = 'BadEnvironment';
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * @param variables such as `process.env`.
 * @throws BadEnvironment
 */
export function readEnvironment(variables: Variables): Environment {
  const read = (name: string) => variables[name]?.trim() || null;
  const dataFolder = read('AFTERIMAGE_DATA_DIR');
  return {
    dataFolder: dataFolder === null ? null : path.resolve(dataFolder),
    provider: readProvider(read('AFTERIMAGE_PROVIDER')),
    limits: readLimits(read('AFTERIMAGE_LIMITS')),
    painterDelayMs: readDelay(read('AFTERIMAGE_PAINTER_DELAY_MS')),
    updateFeed: readUrl('AFTERIMAGE_UPDATE_FEED', read('AFTERIMAGE_UPDATE_FEED')),
    google: {
      // In this order, as in Google's SDK: https://github.com/googleapis/js-genai#environment-variables
      apiKey: read('GOOGLE_API_KEY') ?? read('GEMINI_API_KEY'),
      baseUrl: readUrl('GOOGLE_GEMINI_BASE_URL', read('GOOGLE_GEMINI_BASE_URL')),
    },
    imagen: {
      baseUrl: readUrl('GOOGLE_VERTEX_BASE_URL', read('GOOGLE_VERTEX_BASE_URL')),
      project: read('GOOGLE_CLOUD_PROJECT'),
      location: read('GOOGLE_CLOUD_LOCATION'),
    },
    // https://github.com/openai/openai-node#readme
    openai: {
      apiKey: read('OPENAI_API_KEY'),
      baseUrl: readUrl('OPENAI_BASE_URL', read('OPENAI_BASE_URL')),
    },
    automatic1111: { baseUrl: readUrl('AUTOMATIC1111_BASE_URL', read('AUTOMATIC1111_BASE_URL')) },
  };
}

/** @returns the keys that hold for this run. Imagen's express key is given as Google's. */
export function keysOf({ google, openai }: Environment): Record<KeyedProvider, string | null> {
  return { google: google.apiKey, imagen: google.apiKey, openai: openai.apiKey };
}

/** The variables that hold a key. */
const keyVariables = ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'OPENAI_API_KEY'];

/** @returns the environment for a child process that must not see keys: it gets them by message. */
export function withoutKeys(variables: Variables): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && !keyVariables.includes(name)) kept[name] = value;
  }
  return kept;
}

function readProvider(value: string | null): ProviderId | null {
  if (value === null) return null;
  const parsed = providerIdSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadEnvironment(`AFTERIMAGE_PROVIDER is "${value}". Use one of: ${providerIds.join(', ')}.`);
}

function readDelay(value: string | null): number {
  if (value === null) return 0;
  if (/^\d{1,7}$/.test(value)) return Number(value);
  throw new BadEnvironment(`AFTERIMAGE_PAINTER_DELAY_MS is "${value}". Use whole milliseconds, such as 500.`);
}

function readLimits(value: string | null): Limits | null {
  if (value === null) return null;
  const [, perMinute, perDay] = /^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? [];
  const parsed = limitsSchema.safeParse({ perMinute: Number(perMinute), perDay: Number(perDay) });
  if (parsed.success) return parsed.data;
  throw new BadEnvironment(
    `AFTERIMAGE_LIMITS is "${value}". Use pictures a minute and a day, each at least 1, such as 60/1000.`,
  );
}

function readUrl(name: string, value: string | null): string | null {
  if (value === null) return null;
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return value;
  throw new BadEnvironment(`${name} is "${value}". Use an address such as https://example.com.`);
}
