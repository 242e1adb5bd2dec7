// @ts-check
/**
 * Sounds that repeat until somebody has looked. Made here, note by note, so that no file is loaded; each alarm is one
 * looping buffer with its silence inside, so that a hidden tab's slow timers can't still it.
 *
 * A browser plays nothing before a press. "Go on duty" is that press; after a reload any key or click is.
 */

const KEPT = "havn desk sound";
const RATE = 22_050;

/** For each alarm: notes (Hz, start s, length s), how loud, and after how many seconds it comes again. */
const TUNES = {
  waiting: { notes: [[523, 0, 0.5], [659, 0.22, 0.7]], gain: 0.5, every: 7 },
  talk: { notes: [[784, 0, 0.45]], gain: 0.35, every: 12 },
  offer: { notes: [[587, 0, 0.35], [587, 0.3, 0.35]], gain: 0.45, every: 8 },
  whisper: { notes: [[988, 0, 0.25], [1175, 0.18, 0.4]], gain: 0.3, every: 10 },
  hand: { notes: [[698, 0, 0.25], [698, 0.25, 0.25], [932, 0.5, 0.45]], gain: 0.6, every: 5 },
  imminent: { notes: [[880, 0, 0.3], [660, 0.3, 0.3], [880, 0.6, 0.3], [660, 0.9, 0.4]], gain: 0.8, every: 3 },
};

export class Sounds {
  /** @type {AudioContext | undefined} */
  #audio;
  /** @type {Map<string, AudioBufferSourceNode | null>} what sounds, or would if it could */
  #alarms = new Map();
  #on = read() !== "off";

  /** @param {HTMLElement} root where the switch is, and what a press unlocks */
  connect(root) {
    const first = () => {
      if (read()) this.unlock();
    };
    document.addEventListener("pointerdown", first, { once: true });
    document.addEventListener("keydown", first, { once: true });
    this.switches(root);
  }

  /** To be called from a press: from now on sounds can be heard. */
  unlock() {
    if (!this.#audio) this.#audio = new AudioContext();
    this.#audio.resume().then(() => this.#restart());
  }

  /** Start an alarm, or end it. The same name twice sounds once. @param {string} name @param {boolean} [on] */
  alarm(name, on = true) {
    if (!on) {
      this.#alarms.get(name)?.stop();
      this.#alarms.delete(name);
    } else if (!this.#alarms.has(name)) {
      this.#alarms.set(name, this.#play(name, true));
    }
  }

  /** @returns {string[]} what calls for somebody now */
  get alarms() {
    return [...this.#alarms.keys()];
  }

  stopAll() {
    for (const name of [...this.#alarms.keys()]) this.alarm(name, false);
  }

  /** Play one and ask whether it was heard. @param {HTMLElement} root */
  ask(root) {
    const dialog = /** @type {HTMLDialogElement} */ (root.querySelector("[data-sound]"));
    this.#set(true, root);
    this.#play("waiting", false);
    const answer = (/** @type {boolean} */ on) => {
      this.#set(on, root);
      dialog.close();
    };
    /** @type {HTMLElement} */ (dialog.querySelector("[data-heard]")).onclick = () => answer(true);
    /** @type {HTMLElement} */ (dialog.querySelector("[data-no-sound]")).onclick = () => answer(false);
    /** @type {HTMLElement} */ (dialog.querySelector("[data-again]")).onclick = () => {
      this.unlock();
      this.#play("waiting", false);
    };
    if (!dialog.open) dialog.showModal();
  }

  /** Turn the sound on by a press, and let it be heard once. @param {HTMLElement} root */
  turnOn(root) {
    this.unlock();
    this.#set(true, root);
    this.#play("talk", false);
  }

  /** @param {HTMLElement} root */
  toggle(root) {
    this.unlock();
    this.#set(!this.#on, root);
    if (this.#on) this.#play("talk", false);
  }

  /** Show the switch as it stands. @param {HTMLElement} root */
  switches(root) {
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-sound-switch]"))) {
      one.hidden = false;
      one.setAttribute("aria-pressed", String(this.#on));
    }
  }

  /** @param {boolean} on @param {HTMLElement} root */
  #set(on, root) {
    this.#on = on;
    write(on ? "on" : "off");
    this.switches(root);
    this.#restart();
  }

  #restart() {
    for (const [name, source] of this.#alarms) {
      source?.stop();
      this.#alarms.set(name, this.#play(name, true));
    }
  }

  /** @param {string} name @param {boolean} again @returns {AudioBufferSourceNode | null} */
  #play(name, again) {
    if (!this.#audio || this.#audio.state !== "running" || !this.#on) return null;
    const tune = TUNES[/** @type {keyof typeof TUNES} */ (name.split(" ")[0])];
    const source = this.#audio.createBufferSource();
    source.buffer = bufferOf(this.#audio, tune);
    source.loop = again;
    source.connect(this.#audio.destination);
    source.start();
    return source;
  }
}

/**
 * @param {AudioContext} audio
 * @param {{notes: number[][], gain: number, every: number}} tune
 */
function bufferOf(audio, tune) {
  const buffer = audio.createBuffer(1, Math.round(RATE * tune.every), RATE);
  const samples = buffer.getChannelData(0);
  for (const [hertz, start, length] of tune.notes) {
    const from = Math.round(start * RATE);
    const count = Math.round(length * RATE);
    for (let at = 0; at < count; at += 1) {
      const seconds = at / RATE;
      const rise = Math.min(seconds / 0.012, 1);
      const fall = Math.exp((-4 * seconds) / length);
      const wave = Math.sin(2 * Math.PI * hertz * seconds) + 0.25 * Math.sin(4 * Math.PI * hertz * seconds);
      samples[from + at] += tune.gain * 0.6 * rise * fall * wave;
    }
  }
  return buffer;
}

function read() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} value */
function write(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // Asked again on the next duty.
  }
}
