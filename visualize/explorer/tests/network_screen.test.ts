/** The network on a screen: labels that do not collide, what a click takes, the whole in view, the legend of a picture. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { quadtree } from "d3-quadtree";
import { whole } from "../src/network/camera.ts";
import { lineAt, pointAt, REACH } from "../src/network/hit.ts";
import { cut, meet, onScreen, place, size, SIZE, Space, type Box, type Label, type Room } from "../src/network/labels.ts";
import type { Dot, Scene, Stroke } from "../src/network/looks.ts";
import { laid } from "../src/network/picture.ts";

const dot = (id: string, x: number, y: number, more: Partial<Dot> = {}): Dot => ({
  id, body: 0, community: 0, x, y, radius: 8, sign: "L", slug: "laboratory", colour: "", pale: false, name: `${id} en entier`, short: id,
  small: "", kind: "", degree: 1, faded: false, ring: false, ...more,
});
const stroke = (a: Dot, b: Dot, more: Partial<Stroke> = {}): Stroke => ({
  id: `${a.id}~${b.id}`, link: 0, a, b, count: 1, width: 1, style: "within", certainty: 0, strength: "plain", step: 0, ...more,
});
const of = (points: Dot[], lines: Stroke[] = [], groups: Scene["groups"] = []): Scene => ({ points, lines, groups, aggregated: false });
const ROOM: Room = { scale: 1, origin: [0, 0], view: [0, 0, 800, 600], kept: [], width: (words) => [...words].length * 7 };

/** A crowd of points by a fixed rule, the same at each run. */
const crowd = (count: number) => {
  let seed = 7;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: count }, (_, n) => dot(`organisme ${n}`, next() * 800, next() * 600, { degree: Math.floor(next() * 20), radius: 4 + next() * 12 }));
};

function apart(labels: Label[], room: Room): void {
  labels.forEach((one, at) => labels.slice(at + 1).forEach((other) => assert.ok(!meet(one.box, other.box), `${one.words} on ${other.words}`)));
  for (const { box } of labels) assert.ok(box[0] >= room.view[0] && box[1] >= room.view[1] && box[2] <= room.view[2] && box[3] <= room.view[3]);
}

test("labels never overlap, nor leave the screen, nor cover a larger disc", () => {
  const hull: [number, number][] = [[300, 250], [500, 250], [400, 400]];
  for (const [count, scale] of [[40, 1], [300, 1], [1000, 0.6]] as const) {
    const room = { ...ROOM, scale };
    const points = crowd(count);
    const labels = place(of(points, [], [{ title: "Autour de l'organisme", x: 400, y: 250, hull }]), room, new Set(["organisme 3"]));
    assert.ok(labels.length > 10);
    apart(labels, room);
    for (const label of labels) {
      const own = (label.of as Dot).radius ?? 0;
      for (const one of points.filter((point) => point !== label.of && point.radius >= own)) {
        const [[x, y], r] = [onScreen(one, room), size(one, scale)];
        assert.ok(!meet(label.box, [x - r, y - r, x + r, y + r]), `${label.words} on the disc of ${one.id}`);
      }
    }
  }
});

test("what is looked at is named whole and first, others short, what has faded not at all", () => {
  const points = [dot("a", 100, 100, { degree: 9 }), dot("b", 400, 300), dot("c", 600, 400, { faded: true })];
  const labels = place(of(points), ROOM, new Set(["b"]));
  assert.deepEqual(labels.map((one) => [one.words, one.style]), [["b en entier", "whole"], ["a", "plain"]]);
});

test("a label of two lines is as wide as the longer one and twice as high, and nothing of it is cut", () => {
  const words = "Préfecture\nd'Auvergne-Rhône-Alpes";
  const [one] = place(of([dot("a", 300, 300, { short: words })]), ROOM, new Set());
  const [plain] = place(of([dot("a", 300, 300, { short: "d'Auvergne-Rhône-Alpes" })]), ROOM, new Set());
  assert.equal(one.words, words);
  assert.equal(one.box[2] - one.box[0], plain.box[2] - plain.box[0]);
  assert.equal(one.box[3] - one.box[1], plain.box[3] - plain.box[1] + SIZE);
});

test("a label gives way to buttons and to the numbers of steps", () => {
  const [a, b] = [dot("a", 300, 300), dot("b", 380, 300)];
  const [alone] = place(of([a]), ROOM, new Set());
  assert.equal(alone.anchor, "start");
  const button: Box = [305, 280, 400, 320];
  assert.equal(place(of([a]), { ...ROOM, kept: [button] }, new Set())[0].anchor, "end");
  const stepped = place(of([dot("long", 300, 300), b], [stroke(a, b, { step: 1 })]), ROOM, new Set());
  assert.equal(stepped.find((one) => one.words === "long")?.anchor, "end");
});

test("titles of communities are left out when something is chosen", () => {
  const groups: Scene["groups"] = [{ title: "G", x: 300, y: 300, hull: [[250, 250], [350, 250], [300, 350]] }];
  const titled = (ring: boolean) => place(of([dot("a", 300, 300, { ring })], [], groups), ROOM, new Set()).some((one) => one.style === "title");
  assert.ok(titled(false));
  assert.ok(!titled(true));
});

test("space knows what is taken and how large it is", () => {
  const space = new Space();
  space.take([-10, -10, 10, 10], 5);
  assert.ok(space.taken([0, 0, 100, 100]));
  assert.ok(!space.taken([0, 0, 100, 100], 5));
  assert.ok(!space.taken([11, 11, 100, 100]));
});

test("a long name is cut between letters", () => {
  assert.equal(cut("court"), "court");
  assert.equal(cut("👩‍💻".repeat(2) + "x".repeat(40)).endsWith("…"), true);
  assert.ok([...cut("é".repeat(300))].length <= 26);
});

test("a click takes the nearest disc, a large one as far as it reaches", () => {
  const [large, small] = [dot("large", 100, 100, { radius: 40 }), dot("small", 150, 100, { radius: 4 })];
  const tree = quadtree<Dot>().x((one) => one.x).y((one) => one.y).addAll([large, small]);
  const view = { x: 0, y: 0, k: 1 };
  assert.equal(pointAt(tree, [101, 100], view)?.id, "large");
  assert.equal(pointAt(tree, [100, 138], view)?.id, "large");
  assert.equal(pointAt(tree, [152, 100], view)?.id, "small");
  assert.equal(pointAt(tree, [150, 110], view)?.id, "small", "a finger is wider than a small disc");
  assert.equal(pointAt(tree, [300, 300], view), undefined);
  assert.equal(pointAt(tree, [250, 200], { x: 50, y: 0, k: 2 })?.id, "large");
});

test("a line is taken beside where it is drawn, at any scale, and the nearest of two", () => {
  const [a, b, c] = [dot("a", 0, 0), dot("b", 200, 0), dot("c", 200, 40)];
  const lines = [stroke(a, b), stroke(a, c)];
  for (const k of [0.5, 1, 3]) {
    const view = { x: 10, y: 20, k };
    assert.equal(lineAt(lines.slice(0, 1), [10 + 100 * k, 20 + 6], view)?.id, "a~b");
    assert.equal(lineAt(lines.slice(0, 1), [10 + 100 * k, 20 + REACH + 2], view), undefined);
    assert.equal(lineAt(lines.slice(0, 1), [10 + 200 * k + REACH + 2, 20], view), undefined, "beyond its end");
  }
  assert.equal(lineAt(lines, [190, 36], { x: 0, y: 0, k: 1 })?.id, "a~c");
});

test("the whole is in view at any size", () => {
  const points = crowd(50);
  for (const [width, height] of [[1440, 600], [360, 480]]) {
    const { x, y, k } = whole(points, width, height);
    for (const one of points) {
      assert.ok(one.x * k + x >= 0 && one.x * k + x <= width);
      assert.ok(one.y * k + y >= 0 && one.y * k + y <= height);
    }
  }
  assert.equal(whole([], 100, 100).k, 1);
});

test("the entries of a legend go on in another row before they leave the picture", () => {
  const entries = Array.from({ length: 9 }, (_, n) => ({ sign: {} as SVGElement, words: `signe numéro ${n}` }));
  const rows = laid(entries, 400);
  assert.equal(rows.flat().length, 9);
  assert.ok(rows.length > 3);
  assert.ok(rows.every((row) => row[0][1] === 14 && row[row.length - 1][1] < 400));
});
