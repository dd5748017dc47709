// The dialog that asks for a proxy's name and password. Both go to the main process and never come back.
import { type FormEvent, useId, useRef, useState } from 'react';
import { maxProxyLoginLength, type ProxyLoginQuestion } from '../../../shared/contract/proxy';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import styles from './ProxyLogin.module.css';
import { useProxyLogin } from './proxy-login-store';

export function ProxyLogin() {
  const question = useProxyLogin((state) => state.question);
  return question && <LoginDialog key={question.id} question={question} />;
}

function LoginDialog({ question }: { question: ProxyLoginQuestion }) {
  const { id, proxy, realm, refusedUsername, canRemember } = question;
  const answer = useProxyLogin((state) => state.answer);
  // The fields are uncontrolled, so that the password is in one place only.
  const username = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [remember, setRemember] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const titleId = useId();
  const refusal =
    refusedUsername !== null ? 'The proxy refused this user name or password. Correct them.' : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const login = { username: username.current?.value ?? '', password: password.current?.value ?? '' };
    const found = problemOf(login);
    setProblem(found);
    if (found !== null) username.current?.focus();
    if (found === null) void answer(id, login, remember && canRemember);
  }

  return (
    <Dialog
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={() => void answer(id, null, false)}
    >
      <form onSubmit={submit} autoComplete="off" noValidate>
        <h2 id={titleId}>Sign in to the proxy</h2>
        <p>
          The proxy {proxy} requires a user name and a password
          {realm !== '' && ` for “${realm}”`}. Nothing is sent around it.
        </p>
        {(problem ?? refusal) && (
          <p className={styles['problem']} role="alert">
            {problem ?? refusal}
          </p>
        )}
        <label className={styles['label']}>
          <span>User name</span>
          <input
            ref={username}
            className={styles['input']}
            defaultValue={refusedUsername ?? ''}
            spellCheck={false}
            autoComplete="off"
          />
        </label>
        <label className={styles['label']}>
          <span>Password</span>
          <input ref={password} className={styles['input']} type="password" autoComplete="off" />
        </label>
        {canRemember ? (
          <label className={styles['check']}>
            <input
              type="checkbox"
              checked={remember}
              onChange={(event) => setRemember(event.target.checked)}
            />
            Remember in the keychain
          </label>
        ) : (
          <p>
            This computer has no keychain that Afterimage can use, so the password is used until you quit.
          </p>
        )}
        <div className={styles['buttons']}>
          <Button onClick={() => void answer(id, null, false)}>Cancel</Button>
          <Button type="submit" tone="primary">
            Sign in
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problemOf({ username, password }: { username: string; password: string }): string | null {
  if (username === '') return 'Enter the user name.';
  if (username.includes(':')) return 'A user name for a proxy has no colon. Correct it.';
  if (Math.max(username.length, password.length) <= maxProxyLoginLength) return null;
  return `A user name and a password have at most ${maxProxyLoginLength} characters. Shorten them.`;
}
