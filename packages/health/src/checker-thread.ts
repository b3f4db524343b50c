import { parentPort, workerData } from 'node:worker_threads';
import type { MemberHealth } from '@elbow/plan';
import { Checker } from './checker.ts';
import { TICK_MS } from './check-schedule.ts';
import type { CheckerBirth, FromChecker, ToChecker } from './checker-messages.ts';
import { transcribe } from './transcribe.ts';

const HEARTBEAT_MS = 1000;

const birth = workerData as CheckerBirth;
const heartbeat = new Int32Array(birth.heartbeat);
let news: MemberHealth[] = [];
let ownTroubles = 0;
let lastOwnTrouble = '';

const checker = new Checker({
  mostRunning: birth.mostRunning,
  nowMs: Date.now,
  random: Math.random,
  report: (health) => news.push(health),
  ownTrouble: (error) => {
    ownTroubles += 1;
    lastOwnTrouble = error;
  },
});

const timers = [setInterval(turn, TICK_MS), setInterval(() => Atomics.add(heartbeat, 0, 1), HEARTBEAT_MS)];

parentPort?.on('message', (message: ToChecker) => {
  switch (message.type) {
    case 'members':
      for (const id of message.remove) checker.remove(id);
      for (const member of message.put) checker.put(member);
      return;
    case 'check':
      return void transcribe(message.target, () => performance.now()).then((transcript) =>
        post({ type: 'transcript', id: message.id, transcript }),
      );
    case 'stop':
      for (const timer of timers) clearInterval(timer);
      checker.stop();
      parentPort?.close();
  }
});

/** News of many members travel together. */
function turn(): void {
  checker.tick();
  if (news.length > 0) post({ type: 'health', members: news });
  news = [];
  if (ownTroubles > 0) post({ type: 'own-trouble', count: ownTroubles, error: lastOwnTrouble });
  ownTroubles = 0;
}

function post(message: FromChecker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is not a window
  parentPort?.postMessage(message);
}
