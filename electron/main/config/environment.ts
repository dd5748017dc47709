// Reads the environment variables, once at start-up.

import path from 'node:path';
import { type Limits, limitsSchema } from '../../../shared/domain/limits';
import { readKeyOfAnyLength } from '../../../shared/domain/read-key';
import { builtInServiceIds, type ServiceId } from '../../../shared/domain/services';
import { type LanguageCode, languageCodeSchema } from '../../../shared/languages/languages';

/** The services that variables can name. ComfyUI's exists in a run that names its address. */
const environmentServices = [...builtInServiceIds, 'comfyui'] as const;
type EnvironmentService = (typeof environmentServices)[number];

export type Environment = {
  /** Null for Electron's `userData` folder. */
  dataFolder: string | null;
  /** Overrides the saved provider for this run. */
  provider: EnvironmentService | null;
  /** Overrides the saved limits of every provider for this run. */
  limits: Limits | null;
  painterDelayMs: number;
  /** Maximum wait at quit for pictures that cannot be saved (ms); null for the default. */
  quitWaitMs: number | null;
  /** URL of the update feed for this run; null for the feed of the build, if it has one. */
  updateFeed: string | null;
  /** Path or URL of the catalogue of engines and models for this run; null for the built-in one. */
  engineCatalogue: string | null;
  /** The interface language for this run, overriding the saved one; null if not set. */
  language: LanguageCode | null;
  /** Keys and addresses of the providers; null if not set. */
  google: { apiKey: string | null; baseUrl: string | null };
  imagen: { baseUrl: string | null; project: string | null; location: string | null };
  openai: { apiKey: string | null; baseUrl: string | null };
  automatic1111: { baseUrl: string | null };
  comfyui: { baseUrl: string | null };
  /** Path of the file with the services of this run; null for the saved ones. */
  services: string | null;
};

/** A variable has an invalid value. The message is shown to the user. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * @param variables such as `process.env`.
 * @throws InvalidEnvironment
 */
export function readEnvironment(
  variables: Variables,
  platform: NodeJS.Platform = process.platform,
): Environment {
  const values = new Map(
    Object.entries(variables).map(([name, value]) => [comparableName(name, platform), value]),
  );
  const read = (name: string) => values.get(name)?.trim() || null;
  const readApiKey = (name: string) => {
    const value = read(name);
    const found = value === null ? null : readKeyOfAnyLength(value);
    if (found === null || found.ok) return found?.key ?? null;
    // Does not show the value, which may be a key.
    throw new InvalidEnvironment(`${name}: ${found.message}`);
  };
  return {
    dataFolder: readPath(read('AFTERIMAGE_DATA_DIR')),
    provider: readProvider(read('AFTERIMAGE_PROVIDER')),
    limits: readLimits(read('AFTERIMAGE_LIMITS')),
    painterDelayMs: readDelay('AFTERIMAGE_PAINTER_DELAY_MS', read('AFTERIMAGE_PAINTER_DELAY_MS')) ?? 0,
    quitWaitMs: readDelay('AFTERIMAGE_QUIT_WAIT_MS', read('AFTERIMAGE_QUIT_WAIT_MS')),
    updateFeed: readUrl('AFTERIMAGE_UPDATE_FEED', read('AFTERIMAGE_UPDATE_FEED')),
    engineCatalogue: readPathOrUrl('AFTERIMAGE_ENGINE_CATALOGUE', read('AFTERIMAGE_ENGINE_CATALOGUE')),
    language: readLanguage(read('AFTERIMAGE_LANGUAGE')),
    google: {
      // The same order as in Google's SDK: https://github.com/googleapis/js-genai#environment-variables
      apiKey: readApiKey('GOOGLE_API_KEY') ?? readApiKey('GEMINI_API_KEY'),
      baseUrl: readUrl('GOOGLE_GEMINI_BASE_URL', read('GOOGLE_GEMINI_BASE_URL')),
    },
    imagen: {
      baseUrl: readUrl('GOOGLE_VERTEX_BASE_URL', read('GOOGLE_VERTEX_BASE_URL')),
      project: read('GOOGLE_CLOUD_PROJECT'),
      location: read('GOOGLE_CLOUD_LOCATION'),
    },
    // https://github.com/openai/openai-node#readme
    openai: {
      apiKey: readApiKey('OPENAI_API_KEY'),
      baseUrl: readUrl('OPENAI_BASE_URL', read('OPENAI_BASE_URL')),
    },
    automatic1111: { baseUrl: readUrl('AUTOMATIC1111_BASE_URL', read('AUTOMATIC1111_BASE_URL')) },
    comfyui: { baseUrl: readUrl('COMFYUI_BASE_URL', read('COMFYUI_BASE_URL')) },
    services: readPath(read('AFTERIMAGE_SERVICES')),
  };
}

/** Returns the keys for this run. Imagen uses the variable of Google's key. */
export function keysFromEnvironment({ google, openai }: Environment): ReadonlyMap<ServiceId, string> {
  const keys = { google: google.apiKey, imagen: google.apiKey, openai: openai.apiKey };
  return new Map(Object.entries(keys).flatMap(([id, key]) => (key === null ? [] : [[id, key] as const])));
}

const keyVariables = ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'OPENAI_API_KEY'];

/** Proxy variables, removed because the generator asks Chromium, which reads them itself. */
const proxyVariables = /^((https?|all|no)_proxy|node_use_env_proxy)$/i;

/**
 * Returns the environment for a child process: without keys, which the generator receives by message, and without
 * proxies, which the command line may override.
 */
export function environmentOfChild(
  variables: Variables,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    const isKey = keyVariables.includes(comparableName(name, platform));
    if (value !== undefined && !isKey && !proxyVariables.test(name)) kept[name] = value;
  }
  return kept;
}

/**
 * Returns the environment for the app's own utility processes. It contains the id of the main process, with which
 * they end. It also keeps `@napi-rs/canvas` from searching for system fonts when it is loaded, which takes 100 ms or
 * more: only drawings with text need them (svg.ts).
 */
export function environmentOfUtility(variables: Variables): Record<string, string> {
  return {
    ...environmentOfChild(variables),
    AFTERIMAGE_MAIN_PID: String(process.pid),
    DISABLE_SYSTEM_FONTS_LOAD: '1',
  };
}

/** On Windows, variable names are case-insensitive but keep their case: `Gemini_Api_Key` is `GEMINI_API_KEY`. */
function comparableName(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? name.toUpperCase() : name;
}

function readPath(value: string | null): string | null {
  return value === null ? null : path.resolve(value);
}

function readProvider(value: string | null): EnvironmentService | null {
  if (value === null) return null;
  const found = environmentServices.find((id) => id === value);
  if (found !== undefined) return found;
  throw new InvalidEnvironment(
    `AFTERIMAGE_PROVIDER is "${value}". Use one of: ${environmentServices.join(', ')}.`,
  );
}

function readDelay(name: string, value: string | null): number | null {
  if (value === null) return null;
  if (/^\d{1,7}$/.test(value)) return Number(value);
  throw new InvalidEnvironment(`${name} is "${value}". Use whole milliseconds, such as 500.`);
}

function readLimits(value: string | null): Limits | null {
  if (value === null) return null;
  const [, perMinute, perDay] = /^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? [];
  const parsed = limitsSchema.safeParse({ perMinute: Number(perMinute), perDay: Number(perDay) });
  if (parsed.success) return parsed.data;
  throw new InvalidEnvironment(
    `AFTERIMAGE_LIMITS is "${value}". Use pictures per minute and per day, both at least 1, such as 60/1000.`,
  );
}

function readLanguage(value: string | null): LanguageCode | null {
  if (value === null) return null;
  const parsed = languageCodeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidEnvironment(
    `AFTERIMAGE_LANGUAGE is "${value}". Use one of: ${languageCodeSchema.options.join(', ')}.`,
  );
}

function readPathOrUrl(name: string, value: string | null): string | null {
  return value !== null && /^https?:/i.test(value) ? readUrl(name, value) : readPath(value);
}

function readUrl(name: string, value: string | null): string | null {
  if (value === null) return null;
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return value;
  throw new InvalidEnvironment(`${name} is "${value}". Use an address such as https://example.com.`);
}
