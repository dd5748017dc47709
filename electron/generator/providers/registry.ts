// Every provider there is, by id. Adding one is one file and one line here.
import type { ProviderId } from '../../../shared/models';
import { automatic1111 } from './automatic1111';
import { google } from './google';
import { imagen } from './imagen';
import { openai } from './openai';
import { painter } from './painter/index';
import type { Provider } from './provider';

export const providerRegistry: Readonly<Record<ProviderId, Provider>> = {
  painter,
  google,
  imagen,
  openai,
  automatic1111,
};
