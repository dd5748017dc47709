// Tests that pasted addresses become base addresses for requests.
import { describe, expect, it } from 'vitest';
import { readAddress } from './read-address';
import type { ServiceKind } from './service-kinds';

const cases: [ServiceKind, pasted: string, address: string][] = [
  ['openai-compatible', 'https://api.example.com/v1/images/generations', 'https://api.example.com/v1'],
  ['openai-compatible', 'https://api.example.com/images/edits/', 'https://api.example.com/v1'],
  ['openai-compatible', 'https://api.example.com', 'https://api.example.com/v1'],
  ['openai-compatible', 'https://api.example.com/', 'https://api.example.com/v1'],
  ['openai-compatible', 'https://api.example.com/v1?key=abc#top', 'https://api.example.com/v1'],
  ['openai-compatible', ' "https://api.example.com/v1/models/flux" ', 'https://api.example.com/v1'],
  ['openai-compatible', 'https://example.com/team/openai/v2', 'https://example.com/team/openai/v2'],
  ['openai-compatible', 'localhost:1234', 'http://localhost:1234/v1'],
  ['openai-compatible', '[::1]:1234/v1', 'http://[::1]:1234/v1'],
  ['openai', 'api.openai.com/v1/chat/completions', 'https://api.openai.com/v1'],
  ['ollama', 'http://192.168.0.7:11434', 'http://192.168.0.7:11434/v1'],
  ['openrouter', 'https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
  [
    'google',
    'https://generativelanguage.googleapis.com/v1beta/models/x:generateContent?key=abc',
    'https://generativelanguage.googleapis.com',
  ],
  ['automatic1111', 'http://127.0.0.1:7860/sdapi/v1/txt2img', 'http://127.0.0.1:7860'],
  ['comfyui', 'http://127.0.0.1:8188/prompt', 'http://127.0.0.1:8188'],
  ['openai-compatible', 'OPENAI_BASE_URL="https://api.example.com/v1/"', 'https://api.example.com/v1'],
  ['openai-compatible', 'export BASE=http://localhost:1234', 'http://localhost:1234/v1'],
  [
    'openai-compatible',
    `curl -X POST 'https://api.example.com/v1/images/generations' -H 'Content-Type: application/json'`,
    'https://api.example.com/v1',
  ],
  ['openai-compatible', '“https://api.example.com”', 'https://api.example.com/v1'],
  ['openai-compatible', 'https://a.example/v1?next=https://b.example/v1', 'https://a.example/v1'],
  ['openai-compatible', 'https://a.example https://b.example', 'https://a.example https://b.example'],
  ['azure', 'ENDPOINT=https://x.openai.azure.com/a?b=1', 'https://x.openai.azure.com/a?b=1'],
  ['openai-compatible', 'not an address', 'not an address'],
  ['openai-compatible', '', ''],
  ['openai-compatible', 'https://user:secret@example.com', 'https://user:secret@example.com'],
  [
    'azure',
    'https://x.openai.azure.com/openai/deployments/a/images/generations?api-version=1',
    'https://x.openai.azure.com/openai/deployments/a/images/generations?api-version=1',
  ],
];

describe('readAddress', () => {
  it.each(cases)('reads %s %s as %s', (kind, pasted, address) => {
    expect(readAddress(kind, pasted)).toBe(address);
    expect(readAddress(kind, address)).toBe(address);
  });
});
