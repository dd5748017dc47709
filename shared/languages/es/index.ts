// Every text of the interface, translated. See ../en/index.ts.
import type { Catalogue } from '../en';
import answerErrors from './answer-errors.json';
import app from './app.json';
import chat from './chat.json';
import composer from './composer.json';
import connect from './connect.json';
import desktop from './desktop.json';
import diagnostics from './diagnostics.json';
import editor from './editor.json';
import engine from './engine.json';
import errors from './errors.json';
import gallery from './gallery.json';
import imports from './import.json';
import models from './models.json';
import notices from './notices.json';
import picture from './picture.json';
import queryErrors from './query-errors.json';
import services from './services.json';
import settings from './settings.json';
import sidebar from './sidebar.json';
import storage from './storage.json';
import styles from './styles.json';
import trash from './trash.json';
import ui from './ui.json';
import updates from './updates.json';
import usage from './usage.json';

export const es: Catalogue = {
  ...answerErrors,
  ...app,
  ...chat,
  ...composer,
  ...connect,
  ...desktop,
  ...diagnostics,
  ...editor,
  ...engine,
  ...errors,
  ...gallery,
  ...imports,
  ...models,
  ...notices,
  ...picture,
  ...queryErrors,
  ...services,
  ...settings,
  ...sidebar,
  ...storage,
  ...styles,
  ...trash,
  ...ui,
  ...updates,
  ...usage,
};
