// @ts-check
/**
 * <havn-record>: the contact record, kept a moment after each change. Reasons are found by typing; the first one taken
 * is the main one. Closing asks the server, which says what is missing.
 */

const PAUSE_MS = 500;

export class DeskRecord extends HTMLElement {
  /** @type {string[]} codes, the main reason first */
  #order = [];
  #unsaved = false;
  #closing = false;
  /** @type {Promise<any>} */
  #saving = Promise.resolve();
  /** @type {number | undefined} */
  #soon;

  connectedCallback() {
    const order = /** @type {HTMLInputElement} */ (this.querySelector("[data-order]"));
    this.#order = order.value.split(",").filter(Boolean);
    const filter = this.#filter;
    filter.hidden = false;
    filter.addEventListener("input", () => this.#narrow());
    filter.addEventListener("keydown", (event) => this.#filterKey(event));
    this.querySelector("[data-reasons]")?.addEventListener("keydown", (event) =>
      this.#reasonKey(/** @type {KeyboardEvent} */ (event)),
    );
    this.#form.addEventListener("input", (event) => this.#changed(event));
    this.#form.addEventListener("change", (event) => this.#changed(event));
    this.#form.addEventListener("submit", (event) => this.#submitted(event));
    this.#form.addEventListener("keydown", (event) => this.#key(event));
    /** @type {HTMLElement} */ (this.querySelector("[data-save]")).hidden = true;
    this.#chips();
  }

  disconnectedCallback() {
    clearTimeout(this.#soon);
    if (this.#dirty) this.#save();
  }

  get #dirty() {
    return this.#unsaved;
  }

  set #dirty(dirty) {
    this.#unsaved = dirty;
    this.toggleAttribute("data-dirty", dirty);
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("[data-record-form]"));
  }

  /** The risk of the talk as the server has it. What somebody has just chosen here stays, to be saved or refused. */
  /** @param {string} risk */
  riskStands(risk) {
    if (this.#risk === this.#was.value) this.#showRisk(risk);
  }

  /** What is chosen now. */
  get #risk() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("[name=risk]:checked"))?.value ?? "";
  }

  /** What stood there before anybody chose: the server lowers no grave risk that this screen has not shown. */
  get #was() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-risk-was]"));
  }

  /** @param {string} risk */
  #showRisk(risk) {
    this.#was.value = risk;
    for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("[name=risk]"))) {
      choice.checked = choice.value === risk;
    }
  }

  /** @param {string} sent @param {string} kept */
  #riskKept(sent, kept) {
    const moved = kept !== this.#was.value;
    if (this.#risk === sent) this.#showRisk(kept);
    else if (kept === sent) this.#was.value = kept;
    // The head and the list show it too.
    if (moved && this.isConnected) this.dispatchEvent(new CustomEvent("desk:refresh", { bubbles: true }));
  }

  get #filter() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-filter]"));
  }

  /** @returns {HTMLInputElement[]} */
  get #boxes() {
    return [...this.querySelectorAll("[data-reasons] input")].map((box) => /** @type {HTMLInputElement} */ (box));
  }

  /** @param {Event} event */
  #changed(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target === this.#filter) return;
    if (target.name === "reasons" && event.type === "change") this.#ticked(target);
    if (target.name === "online") this.#where(target.value);
    this.#dirty = true;
    this.#say(this.dataset.unsaved);
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#save(), PAUSE_MS);
  }

  /** @param {HTMLInputElement} box */
  #ticked(box) {
    this.#order = this.#order.filter((code) => code !== box.value);
    if (box.checked) this.#order.push(box.value);
    this.#chips();
  }

  /** @param {string} online */
  #where(online) {
    /** @type {HTMLElement} */ (this.querySelector("[data-where]")).hidden = online === "no";
  }

  #chips() {
    const chips = /** @type {HTMLElement} */ (this.querySelector("[data-chips]"));
    /** @type {HTMLInputElement} */ (this.querySelector("[data-order]")).value = this.#order.join(",");
    chips.replaceChildren(
      ...this.#order.map((code, at) => {
        const box = this.#boxes.find((one) => one.value === code);
        const chip = document.createElement("button");
        chip.type = "button";
        chip.className = "desk-chip";
        chip.textContent = box?.parentElement?.querySelector("span")?.textContent?.trim() ?? code;
        if (at === 0 && this.#order.length > 1) {
          const main = document.createElement("small");
          main.textContent = this.dataset.main ?? "";
          chip.append(main);
        }
        if (at > 0) chip.title = this.dataset.makeMain ?? "";
        chip.addEventListener("click", () => this.#makeMain(code));
        return chip;
      }),
    );
  }

  /** @param {string} code */
  #makeMain(code) {
    this.#order = [code, ...this.#order.filter((one) => one !== code)];
    this.#chips();
    this.#dirty = true;
    this.#save();
  }

  #narrow() {
    const words = this.#filter.value.trim().toLowerCase();
    for (const box of this.#boxes) {
      const label = /** @type {HTMLElement} */ (box.parentElement);
      label.hidden = Boolean(words) && !(label.dataset.words ?? "").includes(words);
    }
  }

  /** @returns {HTMLInputElement[]} */
  get #visible() {
    return this.#boxes.filter((box) => !box.parentElement?.hidden);
  }

  /** Enter takes the first that matches; down goes into the list. @param {KeyboardEvent} event */
  #filterKey(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.#visible[0]?.focus();
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      if (this.#filter.value.trim()) this.#visible[0]?.click();
      this.#filter.value = "";
      this.#narrow();
    } else if (event.key === "Escape" && this.#filter.value) {
      event.preventDefault();
      this.#filter.value = "";
      this.#narrow();
    }
  }

  /** @param {KeyboardEvent} event */
  #reasonKey(event) {
    const boxes = this.#visible;
    const at = boxes.indexOf(/** @type {HTMLInputElement} */ (event.target));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (boxes[next] ?? this.#filter).focus();
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      boxes[at]?.click();
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Enter" && target.matches("input[type=radio]")) {
      event.preventDefault();
    }
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    event.preventDefault();
    if (event.submitter?.hasAttribute("data-close")) this.#close();
    else this.#save();
  }

  /** Send what the form holds, after whatever is on its way. @param {boolean} [close] @returns {Promise<any>} */
  #save(close = false) {
    clearTimeout(this.#soon);
    this.#saving = this.#saving.then(() => this.#send(close));
    return this.#saving;
  }

  /** @param {boolean} close */
  async #send(close) {
    const fields = new URLSearchParams([...new FormData(this.#form)].map(([name, value]) => [name, String(value)]));
    if (close) fields.set("close", "1");
    this.#dirty = false;
    this.#say(this.dataset.saving);
    const told = await post(this.#form.action, fields);
    if (told.risk !== undefined) this.#riskKept(fields.get("risk") ?? "", told.risk);
    if (told.version !== undefined) {
      /** @type {HTMLInputElement} */ (this.querySelector("[data-version]")).value = told.version;
      this.#lacks(told.missing ?? []);
      this.#say(this.dataset.saved);
    } else if (told.sentence && !told.fields?.length) {
      this.#say(told.sentence);
    } else if (!told.to && !told.fields) {
      this.#dirty = true;
      this.#say(this.dataset.unsaved);
      if (this.isConnected) this.#soon = setTimeout(() => this.#save(), 4000);
    }
    return told;
  }

  async #close() {
    if (this.#closing) return;
    this.#closing = true;
    this.#form.dataset.tried = "";
    const told = await this.#save(true);
    this.#closing = Boolean(told.to);
    if (told.fields?.length) {
      // What was filled in is kept, although the talk is not closed.
      /** @type {HTMLInputElement} */ (this.querySelector("[data-version]")).value = told.version ?? "";
      this.#lacks(told.fields);
      this.#say(told.sentence);
      this.#focus(told.fields[0]);
    } else if (told.sentence) {
      this.dispatchEvent(new CustomEvent("desk:toast", { bubbles: true, detail: told.sentence }));
      this.dispatchEvent(new CustomEvent("desk:refresh", { bubbles: true }));
    } else if (told.to) {
      this.#dirty = false;
      this.dispatchEvent(new CustomEvent("desk:go", { bubbles: true, detail: { to: told.to, closed: told.closed } }));
    }
  }

  /** @param {string} name */
  #focus(name) {
    const field = this.querySelector(`[data-field="${name}"]`);
    const first = name === "reasons" ? this.#filter : field?.querySelector("select, input");
    /** @type {HTMLElement | null | undefined} */ (first)?.focus();
  }

  /** @param {string[]} fields */
  #lacks(fields) {
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-lacks]"))) {
      mark.hidden = !fields.includes(mark.dataset.lacks ?? "");
    }
  }

  /** @param {string | undefined} words */
  #say(words) {
    const state = this.querySelector("[data-record-state]");
    if (state) state.textContent = words ?? "";
  }
}

/** @param {string} address @param {URLSearchParams} body @returns {Promise<any>} */
async function post(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body });
    if (answer.status === 423) document.dispatchEvent(new CustomEvent("havn:locked"));
    return answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  } catch {
    return {};
  }
}

customElements.define("havn-record", DeskRecord);
