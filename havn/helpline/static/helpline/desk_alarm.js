// @ts-check
/**
 * The call to whoever answers for the shift: it sounds until each danger has been taken on with "I'm on it". What this
 * person has taken on is kept for the tab, so that the way from desk to wall and a reload stay silent.
 */

const KEPT = "havn desk alarms";

export class Alarm {
  #sounds;
  /** @type {string[]} the talks in danger now */
  #now = [];
  #seen = new Set(read());

  /** @param {import("./desk_sound.js").Sounds} sounds */
  constructor(sounds) {
    this.#sounds = sounds;
  }

  /** Whether something calls that nobody here has taken on. */
  get calls() {
    return this.#now.some((talk) => !this.#seen.has(talk));
  }

  /** What the queue tells. A danger that is over is forgotten: raised again, it calls anew. @param {unknown[]} talks */
  told(talks) {
    this.#now = talks.map(String);
    this.#keep([...this.#seen].filter((talk) => this.#now.includes(talk)));
    this.#sounds.alarm("imminent", this.calls);
  }

  /** "I'm on it": silent for those of now. */
  quiet() {
    this.#keep(this.#now);
    this.#sounds.alarm("imminent", false);
  }

  /** @param {string[]} talks */
  #keep(talks) {
    this.#seen = new Set(talks);
    try {
      sessionStorage.setItem(KEPT, talks.join(","));
    } catch {
      // It calls again after a reload.
    }
  }
}

function read() {
  try {
    return (sessionStorage.getItem(KEPT) ?? "").split(",").filter(Boolean);
  } catch {
    return [];
  }
}
