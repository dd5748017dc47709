// Models of the user's own: from a file, which is used where it is, or from an address with a hash.
import type { RequestInput } from '../../../shared/contract';
import { isLoopbackHost, isPrivateHost } from '../../../shared/domain/addresses';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { InstalledModel } from './engine-items';
import type { ModelFile } from './model-file';
import { ownModel } from './plan-download';
import type { OwnModel } from './wanted-downloads';

/**
 * Returns the download that an address stands for.
 *
 * @param allowLoopback whether this computer may serve it: only with a catalogue of the user's own.
 */
export function readOwnAddress(
  { url: text, sha256, role }: RequestInput<'engine:add-address'>,
  allowLoopback: boolean,
): Result<{ id: EngineItemId; own: OwnModel }> {
  const url = new URL(text);
  const isLoopback = allowLoopback && isLoopbackHost(url.hostname);
  const isPublic = url.protocol === 'https:' && !isPrivateHost(url.hostname);
  if (!(isPublic || isLoopback) || url.username !== '' || url.password !== '')
    return failure('not_a_model_address');
  const last = decodeName(url.pathname.split('/').at(-1) ?? '');
  const name = last
    .replace(/[^\w.+-]+/g, '-')
    .replace(/^[^\w]+/, '')
    .replace(/\.{2,}/g, '.')
    .slice(0, 150);
  const label = name.replace(/\.(gguf|safetensors|sft)$/i, '') || url.hostname;
  return success({
    id: ownId(label, sha256.slice(0, 8)),
    own: { label, name: name || 'model', url: url.href, sha256, role },
  });
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** @param ending makes the id unlike others of the same label: lower-case letters and digits. */
export function ownId(label: string, ending: string): EngineItemId {
  const slug = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return ['own', slug, ending].filter(Boolean).join('-').replace(/-+/g, '-');
}

/** @param now UTC milliseconds. */
export function itemOfFile(
  { path, label, bytes, role }: ModelFile,
  id: EngineItemId,
  now: number,
): InstalledModel {
  const files = [{ path, bytes, sha256: null, role }];
  return { ...ownModel(files), id, label, installedAt: now, lastUsedAt: null };
}
