// Checks what the user enters about a model's file, and names what such files are for.
import { type modelFileRoles, sha256Schema } from '../../../shared/domain/engine-catalogue';

export type ModelFileRole = (typeof modelFileRoles)[number];

export const roleLabels: Readonly<Record<ModelFileRole, string>> = {
  model: 'The whole model',
  'diffusion-model': 'The diffusion model alone',
  vae: 'VAE',
  'clip-l': 'Text encoder CLIP-L',
  'clip-g': 'Text encoder CLIP-G',
  t5xxl: 'Text encoder T5-XXL',
  llm: 'Text encoder (language model)',
  taesd: 'TAESD, for previews',
};

export type AddressProblem = { field: 'url' | 'sha256'; words: string };

/** Only this computer's own addresses may be without encryption. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Returns what is wrong with an address and its hash, and what to do; null if both can be used. */
export function addressProblem({ url, sha256 }: { url: string; sha256: string }): AddressProblem | null {
  if (url === '') return { field: 'url', words: 'Enter the address of the model’s file.' };
  if (!URL.canParse(url)) {
    return { field: 'url', words: 'This is not an address. Copy the one that downloads the file.' };
  }
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) {
    return { field: 'url', words: 'The address has to begin with https://.' };
  }
  if (username !== '' || password !== '') {
    return { field: 'url', words: 'The address must not contain a name or a password.' };
  }
  if (!sha256Schema.safeParse(sha256).success) {
    return {
      field: 'sha256',
      words: 'A SHA-256 hash has 64 digits and letters from a to f. The page of the model shows it.',
    };
  }
  return null;
}
