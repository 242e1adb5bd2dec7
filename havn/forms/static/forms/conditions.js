// @ts-check
/** Shows and hides questions while somebody answers, by the conditions that the server drops hidden answers by. */

import { evaluate, Scope } from "./expression.js";

/** @typedef {{ s?: string, r?: number, q?: string, in?: string, t?: string, c?: string, v?: string, n: any }} Step */

const GROUPED = /^[+-]?[0-9]{1,3}(?:[ \u00a0\u202f'][0-9]{3})+(?:[.,][0-9]{1,9})?$/;
const NUMBER = /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?$/;

/** @param {string} given */
function numberFrom(given) {
  let text = given.trim().replace("−", "-");
  if (GROUPED.test(text)) text = text.replace(/[ \u00a0\u202f']/g, "");
  if (!text.includes(".") && text.split(",").length === 2) text = text.replace(",", ".");
  return NUMBER.test(text) ? Number(text) : null;
}

class FormConditions extends HTMLElement {
  connectedCallback() {
    const told = this.querySelector('script[type="application/json"]');
    if (!told?.textContent) return;
    const { prefix, steps, scores } = JSON.parse(told.textContent);
    this.fieldPrefix = prefix;
    /** @type {Step[]} */
    this.steps = steps;
    const repeated = new Set(this.steps.filter((step) => step.r).map((step) => step.s));
    const asked = this.steps.filter((step) => repeated.has(step.in));
    this.columns = Object.fromEntries(asked.map((step) => [step.q, step.in]));
    this.scores = scores;
    for (const words of this.querySelectorAll(".form-condition")) words.toggleAttribute("hidden", true);
    this.listening = new AbortController();
    this.addEventListener("input", () => this.show(), { signal: this.listening.signal });
    this.show();
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  /** Goes through the steps in their order, so that what is hidden counts as not answered in what comes after. */
  show() {
    this.scope = new Scope({}, this.scores, this.columns);
    for (const step of this.steps ?? []) {
      if (step.v) this.scope.answers[step.v] = evaluate(step.n, this.scope);
      else if (step.s) this.section(this.scope, step.s, step);
      else if (step.q && step.in) this.question(this.scope, step.q, step.in, step);
    }
  }

  /** @param {Scope} scope @param {string} key @param {Step} step */
  section(scope, key, step) {
    const hides = this.toggle(key, step.n, scope);
    const rows = Number(this.fields(`${key}.rows`)[0]?.value ?? 0);
    if (step.r && !hides) scope.answers[key] = Array.from({ length: rows }, () => ({}));
  }

  /** @param {Scope} scope @param {string} key @param {string} section @param {Step} step */
  question(scope, key, section, step) {
    if (this.columns?.[key] === undefined) {
      this.one(scope, key, key, step, scope.answers);
      return;
    }
    scope.within = section;
    for (const [number, row] of (scope.answers[section] ?? []).entries()) {
      scope.row = row;
      this.one(scope, key, `${section}.${number}.${key}`, step, row);
    }
    scope.within = "";
  }

  /** @param {Scope} scope @param {string} key @param {string} path @param {Step} step @param {any} into */
  one(scope, key, path, step, into) {
    const hides = this.toggle(`${path}-question`, step.n, scope);
    if (hides || document.getElementById(`${this.fieldPrefix}-${step.in}`)?.hidden) return;
    const value = this.answer(step, path);
    if (value === null || value === "") return;
    into[key] = value;
    for (const beside of ["basis", "other"]) {
      const words = this.fields(`${path}.${beside}`)[0]?.value.trim();
      if (words) into[`${key}.${beside}`] = words;
    }
  }

  /** Whether it is hidden now. @param {string} id @param {any} condition @param {Scope} scope */
  toggle(id, condition, scope) {
    const hides = condition !== null && evaluate(condition, scope) !== true;
    document.getElementById(`${this.fieldPrefix}-${id}`)?.toggleAttribute("hidden", hides);
    return hides;
  }

  /** @param {Step} step @param {string} path @returns {any} */
  answer(step, path) {
    if (step.t === "matrix") return this.matrix(step, path);
    const chosen = this.fields(path).filter((one) => !isChoice(one) || one.checked);
    if (step.t === "many") return chosen.length ? chosen.map((one) => one.value) : null;
    const given = chosen[0]?.value.trim() ?? "";
    if (step.t === "yes_no") return given === "" ? null : given === "true";
    return step.t === "number" || step.t === "scale" ? numberFrom(given) : given;
  }

  /** @param {Step} step @param {string} path */
  matrix(step, path) {
    /** @type {Record<string, any>} */
    const found = {};
    const start = `${this.fieldPrefix}-${path}.`;
    for (const one of inputs(this, `[name^="${CSS.escape(start)}"]`)) {
      const [row, column] = one.name.slice(start.length).split(".");
      if (one.value.trim() === "" || (isChoice(one) && !one.checked)) continue;
      const value = step.c === "one" ? one.value : numberFrom(one.value);
      if (value !== null) found[row] = column === undefined ? value : { ...found[row], [column]: value };
    }
    return Object.keys(found).length ? found : null;
  }

  /** @param {string} path */
  fields(path) {
    return inputs(this, `[name="${CSS.escape(`${this.fieldPrefix}-${path}`)}"]`);
  }
}

/** @param {Element} within @param {string} selector @returns {HTMLInputElement[]} */
function inputs(within, selector) {
  return /** @type {HTMLInputElement[]} */ ([...within.querySelectorAll(selector)]);
}

/** @param {HTMLInputElement} one */
const isChoice = (one) => one.type === "radio" || one.type === "checkbox";

customElements.define("form-conditions", FormConditions);
