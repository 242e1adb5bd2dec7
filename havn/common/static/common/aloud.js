// @ts-check
/**
 * Reading aloud, by a voice of this very device: <havn-aloud> reads the page that it stands on, <havn-say> one message.
 *
 * A remote voice would send what a child reads to somebody else, so that a voice counts only where the browser says that
 * it is local. Where there is none for the language, nothing is shown. Nothing starts by itself; it ends when the page is
 * left, hidden or emptied (quick exit), and no two things are read at once.
 *
 * A pause keeps the place and begins that paragraph again: the browser's own pause is lost on many phones.
 */

const BLOCKS = "h1, h2, h3, p, li, legend, label, th, summary, .lamp";
const SKIPPED = '[data-aloud="no"], [hidden], [aria-hidden="true"], .ds-sr-only, .said, .code, noscript, template, nav';
const RATE = 0.9;
const KEY = "aloud";

const speech = window.speechSynthesis;

/**
 * What reads just now; whoever begins ends the other first.
 * @type {{ stop: () => void } | null}
 */
let reader = null;
// Every beginning and every end has a number: what an earlier one still says counts for nothing.
let turn = 0;

/**
 * @param {string} language
 * @returns {SpeechSynthesisVoice | null}
 */
function voiceFor(language) {
  if (!speech || typeof SpeechSynthesisUtterance !== "function") return null;
  const local = speech.getVoices().filter((voice) => voice.localService === true && base(voice.lang) === base(language));
  return local.find((voice) => voice.lang.toLowerCase() === language.toLowerCase()) ?? local[0] ?? null;
}

/** @param {string} language */
function base(language) {
  const code = language.toLowerCase().split(/[-_]/)[0];
  // Voices call either written form of Norwegian by its own code or by that of both.
  return code === "nb" || code === "nn" ? "no" : code;
}

/**
 * Say it. Resolves when it was said, could not be said or was ended.
 * @param {string} text
 * @param {string} language
 */
function say(text, language) {
  return new Promise((done) => {
    const voice = voiceFor(language);
    if (!voice || !speech) return done(null);
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = RATE;
    words.addEventListener("end", done, { once: true });
    words.addEventListener("error", done, { once: true });
    speech.speak(words);
    return undefined;
  });
}

/** @param {{ stop: () => void }} next */
function begin(next) {
  if (reader && reader !== next) reader.stop();
  quiet();
  reader = next;
  return turn;
}

function quiet() {
  turn += 1;
  speech?.cancel();
}

function stopAll() {
  if (reader) reader.stop();
}

/** Whether this tab was asked to read aloud before: then messages offer it too. It dies with the tab and quick exit. */
function asked() {
  try {
    return sessionStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

function remember() {
  try {
    sessionStorage.setItem(KEY, "on");
  } catch {
    // Without storage it is asked for on each page.
  }
}

/** @param {Element} block */
function languageOf(block) {
  return /** @type {HTMLElement | null} */ (block.closest("[lang]"))?.lang || "en";
}

/** @param {Element} block */
function textOf(block) {
  const copy = /** @type {Element} */ (block.cloneNode(true));
  for (const part of copy.querySelectorAll(`${BLOCKS}, ${SKIPPED}, [lang], select, textarea`)) part.remove();
  return (copy.textContent || "").replace(/\s+/g, " ").trim();
}

class Aloud extends HTMLElement {
  connectedCallback() {
    this.at = 0;
    /** @type {HTMLElement[]} */
    this.blocks = [];
    this.addEventListener("click", this);
    speech?.addEventListener?.("voiceschanged", this);
    this.offer();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    speech?.removeEventListener?.("voiceschanged", this);
    if (reader === this) this.stop();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "voiceschanged") return this.offer();
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    const wish = button instanceof HTMLElement ? button.dataset.do : "";
    if (wish === "read") this.read(0);
    if (wish === "go-on") this.read(this.at);
    if (wish === "pause") this.pause();
    if (wish === "stop") this.stop();
    return undefined;
  }

  offer() {
    const spoken = voiceFor(languageOf(this)) !== null;
    if (!spoken && reader === this) this.stop();
    this.hidden = !spoken;
  }

  /** What can be seen of the page and has words of its own in the language of the page, in its order. */
  found() {
    const page = this.closest("dialog, main") ?? document.body;
    const seen = [...page.querySelectorAll(BLOCKS)].filter(
      (block) => block instanceof HTMLElement && !block.closest(SKIPPED) && block.getClientRects().length > 0,
    );
    const ours = seen.filter((block) => base(languageOf(block)) === base(languageOf(this)) && textOf(block));
    return /** @type {HTMLElement[]} */ (ours);
  }

  /** @param {number} from */
  async read(from) {
    const mine = begin(this);
    if (from === 0) this.blocks = this.found();
    remember();
    this.show("reading");
    for (this.at = from; this.at < this.blocks.length; this.at += 1) {
      const block = this.blocks[this.at];
      if (!block.isConnected) continue;
      this.mark(block);
      await say(textOf(block), languageOf(this));
      if (mine !== turn) return;
    }
    this.stop();
  }

  pause() {
    quiet();
    this.show("paused");
  }

  stop() {
    quiet();
    if (reader === this) reader = null;
    this.mark(null);
    this.show("");
  }

  /** @param {HTMLElement | null} block */
  mark(block) {
    for (const one of this.blocks) one.classList.toggle("aloud-now", one === block);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    block?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  /** @param {string} state */
  show(state) {
    const shown = { "": ["read"], reading: ["pause", "stop"], paused: ["go-on", "stop"] }[state] ?? [];
    const had = this.contains(document.activeElement);
    for (const button of this.querySelectorAll("[data-do]")) {
      if (button instanceof HTMLElement) button.hidden = !shown.includes(button.dataset.do ?? "");
    }
    // The button that was pressed is gone: the one in its place has the focus.
    if (had) /** @type {HTMLElement | null} */ (this.querySelector(`[data-do="${shown[0]}"]`))?.focus();
  }
}

class Say extends HTMLElement {
  connectedCallback() {
    if (!this.closest(".said--them") || !(asked() || document.body.classList.contains("easy-words"))) return;
    speech?.addEventListener?.("voiceschanged", this);
    this.offer();
  }

  disconnectedCallback() {
    speech?.removeEventListener?.("voiceschanged", this);
    if (reader === this) this.stop();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "voiceschanged") return this.offer();
    if (reader === this) this.stop();
    else this.read();
    return undefined;
  }

  offer() {
    const template = document.querySelector("template[data-language]");
    if (this.firstElementChild || !(template instanceof HTMLTemplateElement)) return;
    this.language = template.dataset.language ?? "";
    if (!voiceFor(this.language)) return;
    this.append(template.content.cloneNode(true));
    this.querySelector("button")?.addEventListener("click", this);
  }

  async read() {
    const mine = begin(this);
    this.show(true);
    const words = this.closest(".said")?.querySelector(".said__text");
    words?.classList.add("aloud-now");
    await say(words?.textContent ?? "", this.language ?? "");
    if (mine === turn) this.stop();
  }

  stop() {
    quiet();
    if (reader === this) reader = null;
    this.closest(".said")?.querySelector(".said__text")?.classList.remove("aloud-now");
    this.show(false);
  }

  /** @param {boolean} reading */
  show(reading) {
    for (const part of this.querySelectorAll("[data-when]")) {
      if (part instanceof HTMLElement) part.hidden = (part.dataset.when === "reading") !== reading;
    }
  }
}

addEventListener("pagehide", stopAll);
document.addEventListener("visibilitychange", () => document.hidden && stopAll());
customElements.define("havn-aloud", Aloud);
customElements.define("havn-say", Say);
