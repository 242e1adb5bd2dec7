// @ts-check
/**
 * What an expression is worth, as havn/forms/rules/evaluating.py reckons it; null is unknown.
 * Trees come as JSON: rules/expressions.py says what they are made of.
 */

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** @param {any} value @returns {value is number} */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
/** @param {any} value */
const isTable = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** @param {any} value */
const known = (value) => value !== null && value !== undefined;
/** @param {number} value */
const finite = (value) => (Number.isFinite(value) ? value : null);
/** @param {any} source @param {string} key */
const own = (source, key) => (known(source) && Object.hasOwn(source, key) ? source[key] : undefined);
/** @param {any} value */
const not = (value) => (typeof value === "boolean" ? !value : null);

/** @param {any} value */
export function isFilled(value) {
  if (!known(value) || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** Where names are looked up: answers, scores of choices, and in a repeated section the row that is meant. */
export class Scope {
  /**
   * @param {Record<string, any>} answers
   * @param {Record<string, Record<string, number>>} scores
   * @param {Record<string, string>} columns question of a repeated section to the key of that section
   */
  constructor(answers, scores = {}, columns = {}) {
    this.answers = answers;
    this.scores = scores;
    this.columns = columns;
    /** @type {Record<string, any>} */
    this.row = {};
    this.within = "";
  }

  /** @param {string[]} parts */
  find(parts) {
    const section = own(this.columns, parts[0]);
    if (this.within && section === this.within) return at(this.row, parts);
    if (own(this.answers, parts[0]) === undefined && section !== undefined) {
      const rows = own(this.answers, section);
      return Array.isArray(rows) ? rows.map((row) => at(row, parts)).filter(known) : null;
    }
    return at(this.answers, parts);
  }

  /** @param {string} prefix */
  startingWith(prefix) {
    const sections = new Set(Object.values(this.columns));
    const keys = Object.keys(this.answers);
    return keys.filter((key) => key.startsWith(prefix) && !key.includes(".") && !sections.has(key));
  }
}

/** @param {Record<string, any>} source @param {string[]} parts @returns {any} */
function at(source, parts) {
  const beside = parts.length === 2 ? own(source, parts.join(".")) : undefined;
  return known(beside) ? beside : inside(own(source, parts[0]), parts.slice(1));
}

/** @param {any} value @param {string[]} parts @returns {any} */
function inside(value, parts) {
  for (const [place, part] of parts.entries()) {
    if (!isTable(value)) return null;
    if (part === "*") return Object.values(value).map((one) => inside(one, parts.slice(place + 1))).filter(known);
    value = own(value, part);
  }
  return value ?? null;
}

/** @param {any} left @param {any} right */
function same(left, right) {
  if (!known(left) || !known(right) || typeof left === "object" || typeof right === "object") return null;
  return left === right;
}

/** @param {any} left @param {any} right @param {(a: any, b: any) => boolean} ask */
function ordered(left, right, ask) {
  if (isNumber(left) && isNumber(right)) return ask(left, right);
  const days = typeof left === "string" && typeof right === "string" && DAY.test(left) && DAY.test(right);
  return days ? ask(left, right) : null;
}

/** @param {any} left @param {any} right @param {(a: number, b: number) => number} act */
const counted = (left, right, act) => (isNumber(left) && isNumber(right) ? finite(act(left, right)) : null);

/** @type {Record<string, (left: any, right: any) => any>} */
const BINARY = {
  "==": same,
  "!=": (left, right) => not(same(left, right)),
  "<": (left, right) => ordered(left, right, (a, b) => a < b),
  "<=": (left, right) => ordered(left, right, (a, b) => a <= b),
  ">": (left, right) => ordered(left, right, (a, b) => a > b),
  ">=": (left, right) => ordered(left, right, (a, b) => a >= b),
  "+": (left, right) => counted(left, right, (a, b) => a + b),
  "-": (left, right) => counted(left, right, (a, b) => a - b),
  "*": (left, right) => counted(left, right, (a, b) => a * b),
  "/": (left, right) => (right === 0 ? null : counted(left, right, (a, b) => a / b)),
  in: (value, members) => {
    if (!known(value) || !Array.isArray(members)) return null;
    return members.some((one) => same(value, one) === true);
  },
};

/** @param {any} value @param {Record<string, number> | undefined} scores @returns {number[]} */
function numbers(value, scores) {
  if (known(value) && typeof value === "object") return Object.values(value).flatMap((one) => numbers(one, scores));
  if (scores && typeof value === "string" && Object.hasOwn(scores, value)) return [scores[value]];
  return isNumber(value) ? [value] : [];
}

/** @param {any} value @returns {number} */
function many(value) {
  if (isTable(value)) return Object.values(value).reduce((total, one) => total + many(one), 0);
  return Array.isArray(value) ? value.length : Number(isFilled(value));
}

/** @param {string} name @param {any[]} nodes @param {Scope} scope */
function overAnswers(name, nodes, scope) {
  const found = nodes.flatMap(([kind, ...parts]) =>
    kind === "value"
      ? scope.startingWith(parts[0]).map((key) => ({ key, value: scope.find([key]) }))
      : [{ key: parts[0], value: scope.find(parts) }],
  );
  if (name === "count") return found.reduce((total, one) => total + many(one.value), 0);
  const scored = (/** @type {string} */ key) => (name === "score" ? own(scope.scores, key) : undefined);
  const all = found.flatMap((one) => numbers(one.value, scored(one.key)));
  return all.length ? finite(all.reduce((total, one) => total + one, 0)) : null;
}

/** @param {string} name @param {any[]} nodes @param {Scope} scope @returns {any} */
function call(name, nodes, scope) {
  if (["sum", "count", "score"].includes(name)) return overAnswers(name, nodes, scope);
  const all = nodes.map((node) => evaluate(node, scope));
  if (name === "filled") return isFilled(all[0]);
  if (name === "selected") return [all[0]].flat().some((one) => same(one, all[1]) === true);
  if (name === "abs") return isNumber(all[0]) ? Math.abs(all[0]) : null;
  if (name === "if") return all[0] === true ? all[1] : all[0] === false ? all[2] : null;
  const flat = all.flat();
  if (!flat.length || !flat.every(isNumber)) return null;
  return name === "min" ? Math.min(...flat) : Math.max(...flat);
}

/** @param {any} node @param {Scope} scope @returns {any} */
export function evaluate(node, scope) {
  const [kind, ...parts] = node;
  if (kind === "value") return parts[0];
  if (kind === "name") return scope.find(parts) ?? null;
  if (kind === "list") return parts.map((one) => one[1]);
  if (kind === "call") return call(parts[0], parts.slice(1), scope);
  if (kind === "binary") return BINARY[parts[0]](evaluate(parts[1], scope), evaluate(parts[2], scope));
  const first = evaluate(parts[0], scope);
  if (kind === "not") return not(first);
  if (kind === "neg") return isNumber(first) ? -first : null;
  const decides = kind === "or";
  if (first === decides) return decides;
  const second = evaluate(parts[1], scope);
  if (second === decides) return decides;
  return first === !decides && second === !decides ? !decides : null;
}
