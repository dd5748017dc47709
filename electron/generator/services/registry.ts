// How each kind of service is asked. Adding a kind takes a folder and a line here.
import type { ServiceKind } from '../../../shared/domain/service-kinds';
import { automatic1111 } from './automatic1111/automatic1111';
import { google } from './google/google';
import { imagen } from './imagen/imagen';
import { openai } from './openai/openai';
import { painter } from './painter/painter';
import type { Service } from './service';

/** A kind that is missing here cannot be asked by this version. */
const services: Readonly<Partial<Record<ServiceKind, Service>>> = {
  painter,
  google,
  imagen,
  openai,
  'openai-compatible': openai,
  deepinfra: openai,
  'sd-server': openai,
  ollama: openai,
  automatic1111,
};

/** Returns how services of a kind are asked; undefined if this version cannot ask them. */
export function wireOf(kind: ServiceKind): Service | undefined {
  return services[kind];
}
