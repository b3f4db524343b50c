import type { ServedMember } from '../plan/served-member.ts';

/** The place of one exchange in the count of what its member has in flight: one at a time, given back once. */
export class InFlight {
  private member: ServedMember | null = null;

  begin(member: ServedMember): void {
    this.end();
    member.begin();
    this.member = member;
  }

  end(): void {
    this.member?.end();
    this.member = null;
  }
}
