// Which services the matrix asks: each kind with its profile, its server and its models.
import { alibabaProfile } from '../../electron/generator/services/alibaba/alibaba';
import { createAutomatic1111Service } from '../../electron/generator/services/automatic1111/automatic1111';
import { blackForestLabsProfile } from '../../electron/generator/services/black-forest-labs/black-forest-labs';
import { comfyuiProfile } from '../../electron/generator/services/comfyui/comfyui';
import { falProfile } from '../../electron/generator/services/fal/fal';
import { fireworksProfile } from '../../electron/generator/services/fireworks/fireworks';
import { vertex } from '../../electron/generator/services/google/connections';
import { createGoogleService } from '../../electron/generator/services/google/google';
import { createHostedService } from '../../electron/generator/services/hosted/hosted-service';
import type { HostedProfile } from '../../electron/generator/services/hosted/profile';
import type { HostedTiming } from '../../electron/generator/services/hosted/timing';
import { ideogramProfile } from '../../electron/generator/services/ideogram/ideogram';
import { createImagenService } from '../../electron/generator/services/imagen/imagen';
import { createOpenaiService } from '../../electron/generator/services/openai/openai';
import { openrouterProfile } from '../../electron/generator/services/openrouter/openrouter';
import { replicateProfile } from '../../electron/generator/services/replicate/replicate';
import { sdServerProfile } from '../../electron/generator/services/sd-server/sd-server';
import type { Service } from '../../electron/generator/services/service';
import { siliconflowProfile } from '../../electron/generator/services/siliconflow/siliconflow';
import { togetherProfile } from '../../electron/generator/services/together/together';
import { volcengineProfile } from '../../electron/generator/services/volcengine/volcengine';
import { xaiProfile } from '../../electron/generator/services/xai/xai';
import type { PictureOption } from '../../shared/domain/picture-options';
import type { ServiceKind } from '../../shared/domain/service-kinds';
import { alibabaProtocol } from '../servers/wire/alibaba';
import { blackForestLabsProtocol } from '../servers/wire/black-forest-labs';
import { comfyuiProtocol } from '../servers/wire/comfyui';
import { falProtocol } from '../servers/wire/fal';
import { fireworksProtocol } from '../servers/wire/fireworks';
import { geminiProtocol, imagenProtocol, vertexProtocol } from '../servers/wire/google';
import { ideogramProtocol } from '../servers/wire/ideogram';
import {
  azureProtocol,
  compatibleProtocol,
  deepinfraProtocol,
  ollamaProtocol,
  openaiProtocol,
} from '../servers/wire/openai-family';
import { openrouterProtocol } from '../servers/wire/openrouter';
import { replicateProtocol } from '../servers/wire/replicate';
import { sdServerProtocol } from '../servers/wire/sd-server';
import { siliconflowProtocol } from '../servers/wire/siliconflow';
import { togetherProtocol } from '../servers/wire/together';
import { volcengineProtocol } from '../servers/wire/volcengine';
import { webUiProtocol } from '../servers/wire/web-ui';
import type { WireProtocol } from '../servers/wire/wire-server';
import { xaiProtocol } from '../servers/wire/xai';

export type Subject = {
  kind: ServiceKind;
  protocol: WireProtocol;
  create: (timing: HostedTiming) => Service;
  model: string;
  /** For a request with a reference picture, if it is another one. */
  editModel?: string;
  /** Answers a request with a job, which is looked at until it has ended. */
  jobs?: true;
  /** Whether its models are looked up in its own list before a picture is asked for. */
  looksUp?: true;
  /** Its own words for values of options in options.test.ts. */
  words?: Partial<Record<PictureOption, string>>;
  /** An answer has one picture only. */
  single?: true;
  /** Whether a stopped request is withdrawn at the service. */
  stops: boolean;
};

function hosted(profile: HostedProfile): Subject['create'] {
  return (timing) => createHostedService(profile, timing);
}

/** A day on which the prices of tokens are known. */
const clock = { now: () => Date.UTC(2026, 10, 22) };

/** In the order of the document. A new service takes a line here. */
export const subjects: readonly Subject[] = [
  {
    kind: 'google',
    protocol: geminiProtocol,
    create: (timing) => createGoogleService({ ...timing, clock }),
    model: 'gemini-nano-banana-2.1',
    stops: false,
  },
  {
    kind: 'vertex',
    protocol: vertexProtocol,
    create: (timing) => createGoogleService({ ...timing, clock }, vertex),
    model: 'gemini-nano-banana-2.1',
    stops: false,
  },
  {
    kind: 'imagen',
    protocol: imagenProtocol,
    create: (timing) => createImagenService({ ...timing, clock }),
    model: 'imagen-4.0-generate-001',
    stops: false,
  },
  {
    kind: 'openai',
    protocol: openaiProtocol,
    create: createOpenaiService,
    model: 'gpt-image-2',
    stops: false,
  },
  {
    kind: 'openai-compatible',
    protocol: compatibleProtocol,
    create: createOpenaiService,
    model: 'sdxl',
    stops: false,
  },
  { kind: 'azure', protocol: azureProtocol, create: createOpenaiService, model: 'gpt-image-2', stops: false },
  {
    kind: 'deepinfra',
    protocol: deepinfraProtocol,
    create: createOpenaiService,
    model: 'black-forest-labs/FLUX-1-schnell',
    stops: false,
  },
  {
    kind: 'openrouter',
    protocol: openrouterProtocol,
    create: hosted(openrouterProfile),
    model: 'google/gemini-nano-banana-2.1',
    stops: false,
  },
  {
    kind: 'xai',
    protocol: xaiProtocol,
    create: hosted(xaiProfile),
    model: 'grok-imagine-image',
    stops: false,
  },
  {
    kind: 'black-forest-labs',
    protocol: blackForestLabsProtocol,
    create: hosted(blackForestLabsProfile),
    model: 'flux-pro-1.1',
    single: true,
    jobs: true,
    stops: false,
  },
  {
    kind: 'ideogram',
    protocol: ideogramProtocol,
    create: hosted(ideogramProfile),
    model: 'ideogram-v3',
    words: { quality: 'QUALITY' },
    stops: false,
  },
  {
    kind: 'fal',
    protocol: falProtocol,
    create: hosted(falProfile),
    model: 'fal-ai/flux/schnell',
    jobs: true,
    stops: true,
  },
  {
    kind: 'replicate',
    protocol: replicateProtocol,
    create: hosted(replicateProfile),
    model: 'black-forest-labs/flux-schnell',
    jobs: true,
    stops: true,
  },
  {
    kind: 'together',
    protocol: togetherProtocol,
    create: hosted(togetherProfile),
    model: 'black-forest-labs/FLUX.1-schnell',
    stops: false,
  },
  {
    kind: 'fireworks',
    protocol: fireworksProtocol,
    create: hosted(fireworksProfile),
    model: 'accounts/fireworks/models/flux-1-schnell-fp8',
    editModel: 'accounts/fireworks/models/flux-kontext-pro',
    single: true,
    stops: false,
  },
  {
    kind: 'siliconflow',
    protocol: siliconflowProtocol,
    create: hosted(siliconflowProfile),
    model: 'Qwen/Qwen-Image',
    editModel: 'Qwen/Qwen-Image-Edit',
    stops: false,
  },
  {
    kind: 'volcengine',
    protocol: volcengineProtocol,
    create: hosted(volcengineProfile),
    model: 'seedream-4-5-251128',
    stops: false,
  },
  {
    kind: 'alibaba',
    protocol: alibabaProtocol,
    create: hosted(alibabaProfile),
    model: 'qwen-image-plus',
    editModel: 'qwen-image-edit-plus',
    jobs: true,
    stops: true,
  },
  {
    kind: 'comfyui',
    protocol: comfyuiProtocol,
    create: hosted(comfyuiProfile),
    model: 'current',
    looksUp: true,
    jobs: true,
    stops: true,
  },
  {
    kind: 'automatic1111',
    protocol: webUiProtocol,
    create: createAutomatic1111Service,
    model: 'current',
    looksUp: true,
    stops: true,
  },
  {
    kind: 'sd-server',
    protocol: sdServerProtocol,
    create: hosted(sdServerProfile),
    model: 'current',
    jobs: true,
    stops: true,
  },
  {
    kind: 'ollama',
    protocol: ollamaProtocol,
    create: createOpenaiService,
    model: 'x/z-image-turbo',
    stops: false,
  },
];
