// @ts-check
/**
 * Reads the sentences of an easy-read page aloud, one after the other, and marks the one being read.
 *
 * A sentence with a sound of its own is played. The others are spoken by a voice of this device and by no other:
 * a remote voice would send what a child reads to somebody else. Where the device has none, no button is shown.
 */

class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.turn = 0;
    this.onClick = (/** @type {Event} */ event) => this.click(event);
    this.onVoices = () => this.offer();
    this.onLeave = () => this.stop();
    this.addEventListener("click", this.onClick);
    window.speechSynthesis?.addEventListener("voiceschanged", this.onVoices);
    addEventListener("pagehide", this.onLeave);
    this.offer();
  }

  disconnectedCallback() {
    this.stop();
    if (this.onClick) this.removeEventListener("click", this.onClick);
    if (this.onVoices) window.speechSynthesis?.removeEventListener("voiceschanged", this.onVoices);
    if (this.onLeave) removeEventListener("pagehide", this.onLeave);
  }

  /** @returns {HTMLElement[]} */
  get sentences() {
    return [...this.querySelectorAll("[data-sentence]")].filter((one) => one instanceof HTMLElement);
  }

  /** A voice of this device for the language of the page; never one that works elsewhere. */
  get voice() {
    const language = base(this.lang);
    const local = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService === true);
    return local.find((voice) => base(voice.lang) === language) ?? null;
  }

  offer() {
    const spoken = this.voice !== null;
    for (const sentence of this.sentences) {
      const button = sentence.querySelector("[data-say]");
      if (button instanceof HTMLElement) button.hidden = !(spoken && !sentence.querySelector("audio"));
    }
    const start = this.querySelector("[data-start]");
    const all = this.sentences.every((sentence) => spoken || sentence.querySelector("audio"));
    if (start instanceof HTMLElement) start.hidden = !all || this.sentences.length === 0;
  }

  /** @param {Event} event */
  click(event) {
    const target = event.target instanceof Element ? event.target : null;
    const one = target?.closest("[data-say]")?.closest("[data-sentence]");
    if (one instanceof HTMLElement) this.read([one]);
    else if (target?.closest("[data-start]")) this.read(this.sentences);
    else if (target?.closest("[data-stop]")) this.stop();
  }

  /** @param {HTMLElement[]} sentences */
  async read(sentences) {
    this.stop();
    const turn = this.turn;
    this.reading(true);
    for (const sentence of sentences) {
      this.mark(sentence);
      await this.say(sentence);
      if (turn !== this.turn) return;
    }
    this.stop();
  }

  /** @param {HTMLElement} sentence */
  say(sentence) {
    return new Promise((done) => {
      const sound = sentence.querySelector("audio");
      if (sound) {
        sound.currentTime = 0;
        for (const name of ["ended", "error", "pause"]) sound.addEventListener(name, done, { once: true });
        sound.play().catch(done);
        return;
      }
      const words = new SpeechSynthesisUtterance(sentence.querySelector("p")?.textContent ?? "");
      words.lang = this.lang;
      words.voice = this.voice;
      if (!words.voice) return done(null);
      words.rate = 0.85;
      words.addEventListener("end", done, { once: true });
      words.addEventListener("error", done, { once: true });
      window.speechSynthesis.speak(words);
    });
  }

  stop() {
    this.turn += 1;
    window.speechSynthesis?.cancel();
    for (const sound of this.querySelectorAll("audio")) sound.pause();
    this.mark(null);
    this.reading(false);
  }

  /** @param {HTMLElement | null} sentence */
  mark(sentence) {
    for (const one of this.sentences) one.classList.toggle("easy__sentence--read", one === sentence);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    sentence?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  /** @param {boolean} now */
  reading(now) {
    const stop = this.querySelector("[data-stop]");
    if (!(stop instanceof HTMLElement)) return;
    const had = stop === document.activeElement;
    stop.hidden = !now;
    if (had && !now) /** @type {HTMLElement | null} */ (this.querySelector("[data-start]"))?.focus();
  }
}

/** @param {string} language */
function base(language) {
  const code = language.toLowerCase().split(/[-_]/)[0];
  // Voices call either written form of Norwegian by its own code or by that of both.
  return code === "nb" || code === "nn" ? "no" : code;
}

customElements.define("read-aloud", ReadAloud);
