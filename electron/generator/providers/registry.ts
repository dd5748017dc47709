// Every provider there is, by id. Adding one is one file and one line here.
import type { ProviderId } from '../../../shared/models';
import { google } from './google';
import { painter } from './painter/index';
import type { Provider } from './provider';

export const providerRegistry: Readonly<Record<ProviderId, Provider>> = { painter, google };
