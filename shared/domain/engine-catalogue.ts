// The catalogue of engines and models that run on this computer: what each is, where it comes from, what it needs.
import { z } from 'zod';

const controlCharacter = /\p{Cc}/u;
const text = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .refine((value) => !controlCharacter.test(value));

/** Ids name folders, so they are safe on every file system. */
export const engineItemIdSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/);
/** The id of an engine or of a model. */
export type EngineItemId = string;

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A file's name without a folder, or a relative path with forward slashes that stays in its folder. */
const relativePathSchema = z
  .string()
  .max(200)
  .regex(/^[\w][\w.+-]*(?:\/[\w][\w.+-]*)*$/)
  .refine((path) => !path.includes('..'));

const licenceSchema = z.strictObject({
  /** SPDX identifier, where there is one: https://spdx.org/licenses/ */
  name: text,
  url: z.url({ protocol: /^https?$/ }),
});

/** A file to download. `bytes` and `sha256` are those of the downloaded file, before it is unpacked. */
const downloadFileSchema = z.strictObject({
  name: relativePathSchema,
  /** Mirrors, in the order in which they are tried: https, or http on the loopback interface. */
  urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(10),
  bytes: z.int().positive(),
  /** Null while it is unknown. Until then the whole entry is neither offered nor downloaded nor run. */
  sha256: sha256Schema.nullable(),
  /** Absent: the licence of the whole entry. */
  licence: licenceSchema.optional(),
});

const enginePlatforms = ['linux', 'win32', 'darwin'] as const;
const engineBackends = ['cpu', 'cuda', 'vulkan', 'metal'] as const;
export type EngineBackend = (typeof engineBackends)[number];

/** The archives that are unpacked, by the ending of their names. */
const archiveKinds = ['zip', 'tar.gz'] as const;
export type ArchiveKind = (typeof archiveKinds)[number];

export const engineBuildSchema = z.strictObject({
  id: engineItemIdSchema,
  label: text,
  /** As its project names the release. */
  version: text,
  platform: z.enum(enginePlatforms),
  arch: z.enum(['x64', 'arm64']),
  backend: z.enum(engineBackends),
  licence: licenceSchema,
  /** The page from which the addresses and the hash were taken. */
  source: z.url({ protocol: /^https?$/ }),
  /** Whether `npm run engine:verify` has downloaded every file and compared it. */
  isVerified: z.boolean(),
  /** The oldest version of the GNU C library that runs it, such as `2.38`; Linux only. */
  minGlibc: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  /** Archives are unpacked into the engine's folder after their hash was checked. */
  files: z.array(downloadFileSchema.extend({ unpack: z.enum(archiveKinds).nullable() })).min(1),
  /** The program's path in the engine's folder. */
  executable: relativePathSchema,
});
export type EngineBuild = z.infer<typeof engineBuildSchema>;

/** The role of a model's file. sd-server has one argument for each. `model` is a whole checkpoint. */
export const modelFileRoles = [
  'model',
  'diffusion-model',
  'vae',
  'clip-l',
  'clip-g',
  't5xxl',
  'llm',
  'taesd',
] as const;
export type ModelFileRole = (typeof modelFileRoles)[number];

export const engineModelSchema = z.strictObject({
  id: engineItemIdSchema,
  label: text,
  /** One sentence: what it is good at. */
  goodAt: text,
  licence: licenceSchema,
  source: z.url({ protocol: /^https?$/ }),
  isVerified: z.boolean(),
  files: z.array(downloadFileSchema.extend({ role: z.enum(modelFileRoles) })).min(1),
  /** Main memory that it needs with the processor alone, in bytes. */
  memoryBytes: z.int().positive(),
  /** Video memory that it needs on a graphics card, in bytes. */
  videoMemoryBytes: z.int().positive(),
  /** Work for a square picture of `defaults.side`, in 10^12 operations. The estimated time follows from it. */
  teraflopPerPicture: z.number().positive(),
  /** Whether it can edit a picture by a prompt. */
  edits: z.boolean(),
  /** The parameters of a request unless the user chooses others. */
  defaults: z.strictObject({
    steps: z.int().min(1).max(100),
    guidance: z.number().min(0).max(30),
    sampler: text.optional(),
    /** Longest side that gives good pictures, in pixels. */
    side: z.int().min(256).max(4096),
  }),
  /** Further arguments of the server, such as `--diffusion-fa`. */
  arguments: z.array(z.string().regex(/^--?[a-z0-9-]+(?:=[\w.,-]+)?$/)).max(20),
});
export type EngineModel = z.infer<typeof engineModelSchema>;

export const engineCatalogueSchema = z
  .strictObject({
    version: z.literal(1),
    engines: z.array(engineBuildSchema).max(100),
    models: z.array(engineModelSchema).max(200),
  })
  .refine(
    ({ engines, models }) => {
      const ids = [...engines, ...models].map(({ id }) => id);
      return new Set(ids).size === ids.length;
    },
    // Not shown: only the log has the problems of a catalogue.
    { error: 'Two entries have the same id.' },
  );
/** The format of the built-in catalogue, and of the one that AFTERIMAGE_ENGINE_CATALOGUE names. */
export type EngineCatalogue = z.infer<typeof engineCatalogueSchema>;

/** Returns whether every file's hash is known. Entries without all hashes must not be downloaded. */
export function hasAllHashes({ files }: Pick<EngineBuild | EngineModel, 'files'>): boolean {
  return files.every(({ sha256 }) => sha256 !== null);
}

/** Returns how many bytes a download of this item transfers. */
export function downloadBytes({ files }: Pick<EngineBuild | EngineModel, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
