import { hash as digest } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeSocketPath } from './socket-path.ts';

const hash = (text: string) => digest('sha256', text, 'hex');

describe('nodeSocketPath', () => {
  it('lies in the data directory', () => {
    expect(nodeSocketPath({ dataDir: '/var/lib/elbow', fallbackDir: '/tmp' }, hash)).toBe(
      '/var/lib/elbow/run/node.sock',
    );
  });

  it('is short for a data directory with a long name, and another one for another directory', () => {
    const paths = ['a', 'b'].map((end) =>
      nodeSocketPath({ dataDir: `/${'ü'.repeat(60)}${end}`, fallbackDir: '/tmp' }, hash),
    );
    expect(paths[0]).toMatch(/^\/tmp\/elbow-[\da-f]{16}\/node\.sock$/);
    expect(paths[0]).not.toBe(paths[1]);
  });
});
