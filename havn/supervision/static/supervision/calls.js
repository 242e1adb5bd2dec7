// @ts-check
/**
 * What calls, and whether this person has looked: hands and dangers sound until the server says that somebody comes,
 * whispers and colleagues' words until their talk has been in sight in this tab.
 */

const KEPT = "havn supervision seen";

export class Calls {
  /** @type {any} */
  #data = {};
  /** @type {import("../helpline/desk_sound.js").Sounds | undefined} */
  #sounds;
  /** How many were seen, by kind and talk. @type {Record<string, number>} */
  #seen = read();
  /** @type {Set<string>} what sounds for words */
  #calling = new Set();

  /** @param {any} data @param {import("../helpline/desk_sound.js").Sounds} sounds */
  told(data, sounds) {
    this.#data = data;
    this.#sounds = sounds;
    sounds.alarm("hand", data.hands.length > 0);
    sounds.alarm("imminent second", data.overdue.length > 0);
    sounds.alarm("offer colleagues", data.asked.length > 0);
    this.#words();
  }

  /** A talk, and the side talk beside it, are in sight. @param {string} talk @param {string} side */
  looked(talk, side) {
    const before = JSON.stringify(this.#seen);
    for (const [kind, id, counts] of [
      ["whisper", talk, this.#data.whispers],
      ["side", side, this.#data.side_talks],
    ]) {
      if (id && counts?.[id] !== undefined) this.#seen[`${kind} ${id}`] = counts[id];
    }
    if (JSON.stringify(this.#seen) === before) return;
    keep(this.#seen);
    this.#words();
  }

  #words() {
    const now = new Set();
    for (const [kind, counts] of [
      ["whisper", this.#data.whispers],
      ["side", this.#data.side_talks],
    ]) {
      for (const [id, count] of Object.entries(counts ?? {})) {
        if (Number(count) > (this.#seen[`${kind} ${id}`] ?? 0)) now.add(`whisper ${kind} ${id}`);
      }
    }
    for (const name of this.#calling) if (!now.has(name)) this.#sounds?.alarm(name, false);
    for (const name of now) this.#sounds?.alarm(name);
    this.#calling = now;
  }
}

/** @returns {Record<string, number>} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Record<string, number>} seen */
function keep(seen) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(seen));
  } catch {
    // It calls again after a reload.
  }
}
