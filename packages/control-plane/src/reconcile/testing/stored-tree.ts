import type { LoadBalancerTree } from '@elbow/compiler';
import { sampleMember, sampleTree } from './sample-tree.ts';
import type { Member } from '@elbow/model';
import type { Store } from '@elbow/store';

/** Writes a tree into an empty store. @returns the revision at which it stands */
export async function storeTree(store: Store, tree: LoadBalancerTree = sampleTree()): Promise<number> {
  const { revision } = await store.write(async (writer) => {
    await writer.insert('loadBalancer', tree.loadBalancer);
    for (const certificate of tree.certificates) await writer.insert('certificate', certificate);
    for (const pool of tree.pools) await writer.insert('pool', pool);
    for (const member of tree.members) await writer.insert('member', member);
    for (const listener of tree.listeners) await writer.insert('listener', listener);
    writer.touch(tree.loadBalancer.id);
  });
  return revision;
}

/** Changes the first member of the sample tree. @returns the revision at which the change stands */
export async function changeMember(store: Store, changes: Partial<Member>): Promise<number> {
  const { revision } = await store.write(async (writer) => {
    await writer.update('member', sampleMember(changes));
    writer.touch('lb-1');
  });
  return revision;
}
