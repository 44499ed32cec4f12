/** What is fetched only when needed. From disk nothing can be fetched, so everything comes as a classic script. */

import type { Proof, World } from "./world";

const asked = new Map<string, Promise<void>>();

/** Runs a script of the portal once; the path is from the page. Rejects when it cannot be read. */
export function script(path: string): Promise<void> {
  const known = asked.get(path);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const element = document.createElement("script");
    element.src = path;
    element.onload = () => resolve();
    element.onerror = () => {
      asked.delete(path); // a later call may succeed
      reject(new Error(path));
    };
    document.head.append(element);
  });
  asked.set(path, loading);
  return loading;
}

const proofs = new Map<number, Record<string, Proof[]>>();

window.maillageEvidence = (chunk, found) => proofs.set(chunk, found);

/** The proofs of a participation, by its place in the world; an empty list when no source gives a passage or page. */
export async function evidence(world: World, participation: number): Promise<Proof[]> {
  const place = world.participations[participation].place ?? participation;
  const chunk = Math.floor(place / world.chunk);
  if (!proofs.has(chunk)) await script(`data/evidence-${chunk}.js`);
  return proofs.get(chunk)?.[String(place)] ?? [];
}
