/** What happens to one request. */
export type DownloadFault =
  /** The connection ends after so many bytes of the body. */
  | {
      kind: 'cut';
      afterBytes: number;
    }
  /** Nothing more comes after so many bytes, until the client disconnects. */
  | {
      kind: 'stall';
      afterBytes: number;
    }
  | {
      kind: 'status';
      status: number;
      headers?: Record<string, string>;
    }
  | {
      kind: 'redirect';
      to: string;
    }
  /** The whole file, whatever was asked for. */
  | {
      kind: 'ignore-range';
    }
  /** One byte of the body is another one. */
  | {
      kind: 'tamper';
    }
  /** More bytes than the file has, without a length. */
  | {
      kind: 'too-long';
    }
  /** The body arrives in pieces, with a pause after each. */
  | {
      kind: 'drip';
      bytes: number;
      pauseMs: number;
    };
export type DownloadRequest = {
  path: string;
  range: string | null;
  ifRange: string | null;
  /** Bytes of the body that were handed to the connection. */
  sentBytes: number;
};
export type DownloadServer = Awaited<ReturnType<typeof startDownloadServer>>;
export declare function sha256Of(bytes: Uint8Array): string;
/** Starts a server on a free port of 127.0.0.1. It has no files yet. */
export declare function startDownloadServer(): Promise<{
  origin: string;
  requests: DownloadRequest[];
  /** Serves a file, or another one at the same path: its ETag changes then. @returns its address. */
  serve(path: string, bytes: Buffer, etag?: string): string;
  /** The next requests for a path fail like this, one after the other. */
  failNext(path: string, ...next: DownloadFault[]): void;
  /** Every request for a path fails like this; null: none any more. */
  failAlways(path: string, fault: DownloadFault | null): void;
  /** Closes every connection; resolves when the port is free. */
  close(): Promise<void>;
}>;
