import { beforeEach, expect, test, vi } from 'vitest';
import { draftSchema } from '../../../shared/domain/draft';
import { newService } from '../../../shared/domain/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { maxVariableValueLength, type Style } from '../../../shared/domain/styles';
import { textMessage } from '../../../shared/domain/test-message';
import { useToasts } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { rangeAtEnd } from '../chat/loaded-range';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { listEntries, matchEntries } from '../styles/style-entries';
import { useStyles } from '../styles/styles-store';
import {
  chosenStyles,
  keptStyles,
  negativeLeftOut,
  removeStyle,
  setStyleWord,
  stylesProblem,
  toggleStyle,
} from './chosen-styles';
import { askAgain } from './composer-actions';
import { draftOf, useDraft } from './draft-store';
import { reusePrompt } from './reuse-prompt';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() =>
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { history: { replaceState: () => {} } }),
    location: { hash: '' },
  }),
);

const ink: Style = {
  ...{ id: '01930000-0000-7000-8000-0000000000ab', name: 'Ink', pictureId: null },
  ...{ prompt: 'ink drawing, {{mood}}', negativePrompt: 'colour' },
};
const used = { id: ink.id, name: ink.name, prompt: ink.prompt, negativePrompt: ink.negativePrompt };

beforeEach(() => {
  const services = [newService('webui', 'automatic1111', 'Web UI'), newService('google', 'google', 'Google')];
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
  useSettings.setState({ settings: defaultSettings });
  useStyles.setState({ own: [ink], isLoaded: true });
  useToasts.setState({ toasts: [] });
  useDraft.getState().start({}, 'one');
});

test('a chosen style requests a picture, and stays with its values for the next message', () => {
  toggleStyle(ink);
  setStyleWord(ink.id, 'mood', 'calm');
  expect(useDraft.getState()).toMatchObject({ mode: 'picture' });
  useDraft.getState().setText('a fox');
  expect(useDraft.getState().take().styles).toEqual([{ ...used, values: { mood: 'calm' } }]);
  expect(chosenStyles()).toEqual([{ ...used, values: { mood: 'calm' } }]);
  // The styles are kept between runs of the app, but only with their own chat.
  expect(draftSchema.parse(draftOf(useDraft.getState())).styles).toHaveLength(1);
  useDraft.getState().show('two');
  expect(chosenStyles()).toEqual([]);
  useDraft.getState().show('one');
  removeStyle(ink.id);
  expect(chosenStyles()).toEqual([]);
});

test('follows changes, is left out while deleted, and exists before the styles are read', () => {
  toggleStyle(ink);
  useStyles.setState({ own: [{ ...ink, name: 'Ink wash', prompt: 'wash' }] });
  expect(chosenStyles()).toMatchObject([{ name: 'Ink wash', prompt: 'wash' }]);
  useStyles.setState({ own: [] });
  expect(chosenStyles()).toEqual([]);
  useStyles.setState({ own: [ink] });
  expect(chosenStyles()).toMatchObject([{ name: 'Ink' }]);
  useStyles.setState({ own: [], isLoaded: false });
  expect(chosenStyles()).toMatchObject([{ name: 'Ink' }]);
});

test('a question restores its styles with their texts, and a picture’s recipe restores none', async () => {
  const question = textMessage({
    ...{ id: 'q', conversationId: 'one', text: 'a red fox' },
    styles: [{ ...used, values: { mood: 'calm' } }],
  });
  useChat.setState({ currentId: 'one', ...rangeAtEnd({ messages: [question], total: 1 }) });
  useStyles.setState({ own: [{ ...ink, prompt: 'changed since' }] });
  await reusePrompt(question);
  expect(chosenStyles()).toEqual(question.styles);
  askAgain({ prompt: 'a fox, ink drawing, calm', negativePrompt: 'colour' });
  expect(useDraft.getState()).toMatchObject({ styles: [], options: { negativePrompt: 'colour' } });
  askAgain({ prompt: '{a|b}', isPattern: true, styles: question.styles, negativePrompt: 'x' });
  expect(chosenStyles()).toEqual(question.styles);
  expect(useDraft.getState().options).toEqual({ negativePrompt: 'colour' });
});

test('a style with unchanged texts follows later changes again', () => {
  expect(keptStyles([{ ...used, values: {} }])).toEqual([{ ...used, values: {} }]);
  expect(keptStyles([{ ...used, prompt: 'before', values: {} }])).toMatchObject([{ isKept: true }]);
});

test('a message has at most eight styles, not counting deleted ones', () => {
  const own = Array.from({ length: 10 }, (_, at) => ({ ...ink, id: `${ink.id.slice(0, -2)}${at + 10}` }));
  useStyles.setState({ own });
  for (const style of own) toggleStyle(style);
  expect(chosenStyles()).toHaveLength(8);
  expect(useToasts.getState().toasts.at(-1)?.text).toBe('A message can have at most 8 styles.');
  useStyles.setState({ own: own.slice(1) });
  for (const style of own.slice(8, 9)) toggleStyle(style);
  expect(chosenStyles()).toHaveLength(8);
});

test('reports missing values, and a prompt that is too long', () => {
  const style = { ...used, values: {} };
  expect(stylesProblem('a fox', [style])).toBe('Fill in mood to send the message.');
  expect(stylesProblem('a fox', [{ ...style, values: { mood: 'calm' } }])).toBeNull();
  const long = { ...style, prompt: 'x'.repeat(20_000) };
  expect(stylesProblem('y'.repeat(20_000), [long])).toMatch(/too long/);
});

test('a value that is too long stays in the draft, is not sent, and is reported', () => {
  // Each character has two UTF-16 units.
  const longest = '\u{1F98A}'.repeat(maxVariableValueLength);
  toggleStyle(ink);
  setStyleWord(ink.id, 'mood', ` ${longest} `);
  expect(stylesProblem('a fox', chosenStyles())).toBeNull();
  for (const word of [`${longest}e\u0301`, 'x'.repeat(500_000)]) {
    setStyleWord(ink.id, 'mood', word);
    expect(stylesProblem('a fox', chosenStyles())).toBe('Shorten mood to send the message.');
    const kept = draftSchema.parse(draftOf(useDraft.getState()));
    expect(kept.styles).toEqual([{ ...used, values: { mood: word } }]);
  }
});

test('reports the models that do not get the negative prompt', () => {
  const models = [
    { serviceId: 'webui', model: 'sd' },
    { serviceId: 'google', model: 'gemini-nano-banana-2.1' },
  ];
  expect(negativeLeftOut([{ ...used, values: {} }], models.slice(0, 1))).toBeNull();
  expect(negativeLeftOut([{ ...used, values: {} }], models)).toMatch(/Nano Banana/);
  expect(negativeLeftOut([{ ...used, negativePrompt: ' ', values: {} }], models)).toBeNull();
});

test('lists and finds own styles in order, then the starters that are not hidden', () => {
  const own = ['b', 'A', 'é'].map((name, at) => ({ ...ink, id: `${ink.id.slice(0, -1)}${at}`, name }));
  const entries = listEntries(own, ['photograph']);
  expect(entries.slice(0, 4).map(({ name }) => name)).toEqual(['b', 'A', 'é', 'Film still']);
  expect(entries).toHaveLength(3 + 11);
  expect(matchEntries(entries, 'E').map(({ name }) => name)).toContain('é');
  expect(matchEntries(entries, 'glass stained').map(({ name }) => name)).toEqual(['Stained glass']);
  expect(matchEntries(entries, 'bokeh zzz')).toEqual([]);
});
