// Reads the file of AFTERIMAGE_SERVICES: the services of one run, with their keys.
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { readKeyOfAnyLength } from '../../../shared/domain/read-key';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { newService, type Service, type ServiceId, serviceSchema } from '../../../shared/domain/services';

export type ServicesFile =
  | { ok: true; services: readonly Service[]; keys: ReadonlyMap<ServiceId, string> }
  /** `message` says what is wrong with the file; it quotes nothing of it, because it holds keys. */
  | { ok: false; message: string };

const { shape } = serviceSchema;

/** As in an environment variable, a key may be short: a self-hosted server may use any key. */
const anyKeySchema = z.string().transform((written, context) => {
  const found = readKeyOfAnyLength(written);
  if (found.ok) return found.key;
  context.addIssue({ code: 'custom', message: found.message });
  return z.NEVER;
});

const entrySchema = z.object({
  id: shape.id,
  kind: shape.kind,
  name: shape.name.optional(),
  baseUrl: shape.address.optional(),
  key: anyKeySchema.nullish(),
  model: shape.pictureModel.optional(),
  textModel: shape.textModel.optional(),
  headers: shape.headers.optional(),
});

const maxServices = 100;
const maxFileBytes = 1_000_000;

/** @param file absolute path. */
export function readServicesFile(file: string): ServicesFile {
  let value: unknown;
  try {
    // Reading a device or a pipe might never end, and there is no window yet.
    const found = statSync(file);
    if (!found.isFile()) return refuse('it is not the path of a file');
    if (found.size > maxFileBytes) return refuse('the file is larger than 1 MB');
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse(error instanceof SyntaxError ? 'the file is not JSON' : 'the file cannot be read');
  }
  const entries = z.array(entrySchema).min(1).max(maxServices).safeParse(value);
  if (!entries.success) return refuse(explain(entries.error));
  const ids = entries.data.map(({ id }) => id);
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (repeated !== -1) return refuse(`the id of service ${repeated + 1} is there twice`);
  return {
    ok: true,
    services: entries.data.map(toService),
    keys: new Map(entries.data.flatMap(({ id, key }) => (key == null ? [] : [[id, key] as const]))),
  };
}

function toService({
  id,
  kind,
  name,
  baseUrl,
  model,
  textModel,
  headers,
}: z.infer<typeof entrySchema>): Service {
  return {
    ...newService(id, kind, name ?? serviceKinds[kind].label),
    address: baseUrl ?? null,
    pictureModel: model ?? null,
    textModel: textModel ?? null,
    headers: headers ?? {},
  };
}

/** Names the first invalid field, such as "kind". Does not quote its value, which may be a key. */
function explain({ issues }: z.ZodError): string {
  const [index, field] = issues[0]?.path ?? [];
  if (typeof index !== 'number') return `the file must be a list of 1 to ${maxServices} services`;
  return field === undefined
    ? `service ${index + 1} is not an object`
    : `service ${index + 1} has no valid "${String(field)}"`;
}

function refuse(what: string): ServicesFile {
  return { ok: false, message: `AFTERIMAGE_SERVICES: ${what}.` };
}
