// Each question about proxies gets its own answer, whatever their order.
import { expect, test } from 'vitest';
import { failure, success } from '../../shared/domain/errors';
import { fromGeneratorSchema } from '../../shared/generator/messages';
import type { ProxyQuestion } from '../../shared/generator/proxies';
import { createProxyQuestions } from './proxy-questions';

test('resolves each question with its own answer, and ignores unknown answers', async () => {
  const asked: ProxyQuestion[] = [];
  const { directory, receive } = createProxyQuestions((question) => asked.push(question));
  const login = { proxy: 'proxy.test:80', realm: '', refused: null, mayAsk: true };
  const answers = Promise.all([
    directory.find('http://one.test'),
    directory.logIn(login),
    directory.find('http://two.test'),
  ]);
  const [first, second, third] = asked.map(({ question }) => question);
  expect(asked.map((question) => fromGeneratorSchema.safeParse(question).success)).toEqual([
    true,
    true,
    true,
  ]);
  receive({ type: 'proxy-found', question: 99, found: success('DIRECT') });
  receive({ type: 'proxy-found', question: third ?? 0, found: failure('unreachable') });
  receive({ type: 'proxy-login-found', question: second ?? 0, login: null });
  receive({ type: 'proxy-found', question: first ?? 0, found: success('PROXY p:1') });
  receive({ type: 'proxy-found', question: first ?? 0, found: success('DIRECT') });
  expect(await answers).toEqual([success('PROXY p:1'), null, failure('unreachable')]);
});
