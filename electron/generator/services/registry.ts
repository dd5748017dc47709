// Every service by its id. Adding one takes a folder and a line here.
import type { ProviderId } from '../../../shared/domain/models';
import { automatic1111 } from './automatic1111/automatic1111';
import { google } from './google/google';
import { imagen } from './imagen/imagen';
import { openai } from './openai/openai';
import { painter } from './painter/painter';
import type { Service } from './service';

export const services: Readonly<Record<ProviderId, Service>> = {
  painter,
  google,
  imagen,
  openai,
  automatic1111,
};
