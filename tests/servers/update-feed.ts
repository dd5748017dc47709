// A loopback feed of releases, as electron-updater's generic provider reads it: https://www.electron.build/auto-update

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, listen } from './listen';

export type Release = {
  version: string;
  /** The name and the content of its only file. */
  file: string;
  content: Buffer;
  notes?: string;
};

/** The delivery of the file: unchanged, with one byte changed, or without its second half. */
export type Delivery = 'whole' | 'tampered' | 'cut';

/** Starts a feed on a free port of 127.0.0.1. */
export async function startUpdateFeed() {
  let release: Release | null = null;
  let delivery: Delivery = 'whole';
  const requests: string[] = [];
  const userIds = new Set<string>();
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '', 'http://127.0.0.1').pathname).slice(1);
    requests.push(name);
    const userId = request.headers['x-user-staging-id'];
    if (userId !== undefined) userIds.add(String(userId));
    if (release && name === 'latest-linux.yml') return void response.end(listOf(release));
    if (!release || name !== release.file) return void response.writeHead(404).end();
    const { content } = release;
    response.setHeader('content-length', content.length);
    if (delivery === 'whole') return void response.end(content);
    if (delivery === 'tampered') {
      const other = Buffer.from(content);
      other.writeUInt8(other.readUInt8(0) ^ 1, 0);
      return void response.end(other);
    }
    response.write(content.subarray(0, content.length / 2), () => response.destroy());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** The ids by which electron-updater identifies installations. */
    userIds: userIds as ReadonlySet<string>,
    publish(next: Release): void {
      release = next;
    },
    deliver(next: Delivery): void {
      delivery = next;
    },
    async close(): Promise<void> {
      await closeServer(server);
    },
  };
}

/** The client reads YAML, of which JSON is a subset. */
function listOf({ version, file, content, notes }: Release): string {
  const sha512 = createHash('sha512').update(content).digest('base64');
  return JSON.stringify({
    version,
    files: [{ url: file, sha512, size: content.length }],
    path: file,
    sha512,
    releaseDate: '2026-01-01T00:00:00.000Z',
    ...(notes !== undefined && { releaseNotes: notes }),
  });
}
