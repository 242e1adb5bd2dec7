// @ts-check
/** <havn-sound>: a switch, off by default. The sound is two soft tones made by the browser; the choice dies with the tab. */

const KEY = "sound";

/** @type {AudioContext | null} */
let context = null;

class Sound extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || typeof AudioContext !== "function") return;
    this.button = button;
    button.addEventListener("click", this);
    this.show();
    this.hidden = false;
  }

  disconnectedCallback() {
    if (this.button) this.button.removeEventListener("click", this);
  }

  handleEvent() {
    wish(!wished());
    this.show();
    play();
  }

  show() {
    if (this.button) this.button.setAttribute("aria-pressed", String(wished()));
    for (const part of this.querySelectorAll("[data-sound]")) {
      /** @type {HTMLElement} */ (part).hidden = (/** @type {HTMLElement} */ (part).dataset.sound === "on") !== wished();
    }
  }
}

function wished() {
  try {
    return sessionStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

/** @param {boolean} on */
function wish(on) {
  try {
    sessionStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Without storage the choice lasts as long as the page asks for it: not at all.
  }
}

/** Two soft tones, if the child has switched sound on. */
export function play() {
  if (!wished() || typeof AudioContext !== "function") return;
  context = context || new AudioContext();
  const start = context.currentTime;
  for (const [place, pitch] of [523, 659].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start + place * 0.18);
    volume.gain.linearRampToValueAtTime(0.08, start + place * 0.18 + 0.03);
    volume.gain.linearRampToValueAtTime(0, start + place * 0.18 + 0.35);
    tone.connect(volume).connect(context.destination);
    tone.start(start + place * 0.18);
    tone.stop(start + place * 0.18 + 0.4);
  }
}

customElements.define("havn-sound", Sound);
