// Validates the address and the hash of a model's file, and names the roles of such files.
import { type modelFileRoles, sha256Schema } from '../../../shared/domain/engine-catalogue';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';

export type ModelFileRole = (typeof modelFileRoles)[number];

export const roleLabels: Readonly<Record<ModelFileRole, MessageId>> = {
  model: 'engine.role_model',
  'diffusion-model': 'engine.role_diffusion_model',
  vae: 'engine.role_vae',
  'clip-l': 'engine.role_clip_l',
  'clip-g': 'engine.role_clip_g',
  t5xxl: 'engine.role_t5xxl',
  llm: 'engine.role_llm',
  taesd: 'engine.role_taesd',
};

export type AddressProblem = { field: 'url' | 'sha256'; words: string };

/** Only this computer's own addresses may be unencrypted. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Returns a problem with an address or its hash, and what to do; null if both are valid. */
export function addressProblem({ url, sha256 }: { url: string; sha256: string }): AddressProblem | null {
  if (url === '') return { field: 'url', words: t('engine.enter_address') };
  if (!URL.canParse(url)) return { field: 'url', words: t('engine.no_address') };
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) {
    return { field: 'url', words: t('engine.address_not_https') };
  }
  if (username !== '' || password !== '') {
    return { field: 'url', words: t('engine.address_with_login') };
  }
  if (!sha256Schema.safeParse(sha256).success) {
    return { field: 'sha256', words: t('engine.wrong_hash') };
  }
  return null;
}
