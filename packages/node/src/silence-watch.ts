/** Rounds of a second without a beat after which a worker counts as hanging. */
const SILENT_ROUNDS = 5;
/** A thread that is still loading its modules gets longer. */
const SILENT_ROUNDS_AT_BIRTH = 20;

interface Pulse {
  beats: number;
  silentRounds: number;
  hasBeaten: boolean;
}

/**
 * Tells hanging workers from their heartbeat counters. Counts rounds of looking, not time: when the whole process
 * was stopped or the machine slept, no worker is silent for more than the one round in which that is noticed.
 */
export class SilenceWatch {
  private readonly pulses = new Map<number, Pulse>();

  /** Forgets a worker, as its thread is a new one from now on. */
  restart(worker: number): void {
    this.pulses.delete(worker);
  }

  /** Looks at a worker's counter once a second; true when it has been silent for too long. */
  isHanging(worker: number, beats: number): boolean {
    const pulse = this.pulses.get(worker);
    if (pulse === undefined) {
      this.pulses.set(worker, { beats, silentRounds: 0, hasBeaten: beats > 0 });
      return false;
    }
    const isSilent = beats === pulse.beats;
    pulse.silentRounds = isSilent ? pulse.silentRounds + 1 : 0;
    pulse.hasBeaten ||= !isSilent;
    pulse.beats = beats;
    return pulse.silentRounds >= (pulse.hasBeaten ? SILENT_ROUNDS : SILENT_ROUNDS_AT_BIRTH);
  }
}
