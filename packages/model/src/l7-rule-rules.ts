import { canonicalRange } from './address-range-text.ts';
import { conditionsOf, type L7CompareType, type L7Rule, type L7RuleType } from './l7-policy.ts';
import { invalidField, type Problem, problem } from './problem.ts';

type RuleBody = Pick<L7Rule, 'type' | 'compareType' | 'key' | 'value' | 'conditions'>;

/** What a type of rule takes. */
interface RuleForm {
  readonly compareTypes: readonly L7CompareType[];
  readonly isAdvanced: boolean;
  /** Whether a policy may have several. */
  readonly isRepeatable: boolean;
  /** Null: the type has no key. */
  readonly key: RegExp | null;
  readonly isValue: (value: string, compareType: L7CompareType) => boolean;
  readonly says: string;
}

const label = '[A-Za-z0-9*?](?:[A-Za-z0-9*?-]*[A-Za-z0-9*?])?';
const hostName = new RegExp(`^${label}(?:\\.${label})*$`);
const pathText = /^[\w~';@^\-%#&$.*+?,=!:|\\/()[\]{}]{1,128}$/;
const queryText = /^[^\s\x00-\x20\x7f-\uffff[\]{}<>()\\"#&|%~]{1,128}$/;

const forms: Readonly<Record<L7RuleType, RuleForm>> = {
  HOST_NAME: {
    compareTypes: ['EQUAL_TO'],
    isAdvanced: false,
    isRepeatable: false,
    key: null,
    isValue: (value) =>
      value.length <= 128 && hostName.test(value) && value.split('.').every((part) => part.length <= 63),
    says: 'must be a host name of at most 128 letters, digits, - and dots; * and ? are wildcards',
  },
  PATH: {
    compareTypes: ['EQUAL_TO', 'STARTS_WITH', 'REGEX'],
    isAdvanced: false,
    isRepeatable: false,
    key: null,
    isValue: (value, compareType) =>
      pathText.test(value) && (compareType === 'REGEX' || value.startsWith('/')),
    says: "must be 1 to 128 letters, digits and _~';@^-%#&$.*+?,=!:|\\/()[]{}, beginning with / unless it is a REGEX",
  },
  METHOD: {
    compareTypes: ['EQUAL_TO'],
    isAdvanced: true,
    isRepeatable: false,
    key: null,
    isValue: (value) => /^(?:GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS)$/.test(value),
    says: 'must be one of GET, PUT, POST, DELETE, PATCH, HEAD, OPTIONS',
  },
  HEADER: {
    compareTypes: ['EQUAL_TO'],
    isAdvanced: true,
    isRepeatable: true,
    key: /^[\w-]{1,40}$/,
    isValue: (value) => /^[!#-~]{1,128}$/.test(value),
    says: 'must be 1 to 128 visible ASCII characters without space and double quote',
  },
  QUERY_STRING: {
    compareTypes: ['EQUAL_TO'],
    isAdvanced: true,
    isRepeatable: true,
    key: queryText,
    isValue: (value) => queryText.test(value),
    says: 'must be 1 to 128 visible ASCII characters without brackets and \\ " # & | % ~',
  },
  COOKIE: {
    compareTypes: ['EQUAL_TO'],
    isAdvanced: true,
    isRepeatable: true,
    key: /^[\w!#$%&'*+.^`|~-]{1,100}$/,
    isValue: (value) => /^[!#-+\--:<-[\]-~]{1,128}$/.test(value),
    says: 'must be 1 to 128 visible ASCII characters that a cookie may hold',
  },
  SOURCE_IP: {
    compareTypes: ['EQUAL_TO'],
    isAdvanced: true,
    isRepeatable: false,
    key: null,
    isValue: (value) => !value.includes('-') && canonicalRange(value) !== null,
    says: 'must be an IPv4 or IPv6 network in CIDR form',
  },
};

/** @param path of the rule in the body, e.g. `rule` or `l7policy.rules[0]` */
export function checkRule(path: string, rule: RuleBody, isAdvanced: boolean): Problem | null {
  const form = forms[rule.type];
  if (form.isAdvanced && !isAdvanced) return needsAdvanced(`${path}.type`, rule.type);
  if (!form.compareTypes.includes(rule.compareType))
    return invalidField(`${path}.compare_type`, `must be ${form.compareTypes.join(' or ')} for ${rule.type}`);
  if (rule.conditions.length > 0 && !isAdvanced)
    return needsAdvanced(`${path}.conditions`, 'a list of conditions');
  return checkConditions(path, rule, form) ?? checkWildcards(path, rule, isAdvanced);
}

function checkConditions(path: string, rule: RuleBody, form: RuleForm): Problem | null {
  const conditions = conditionsOf(rule);
  const isList = rule.conditions.length > 0;
  if (new Set(conditions.map(({ key }) => key)).size > 1)
    return invalidField(`${path}.conditions`, 'must have one key in all of them');
  if (new Set(conditions.map(({ value }) => value)).size < conditions.length)
    return invalidField(`${path}.conditions`, 'must not hold a value twice');
  for (const [index, { key, value }] of conditions.entries()) {
    const place = isList ? `${path}.conditions[${index}]` : path;
    if (form.key !== null && !form.key.test(key)) return invalidField(`${place}.key`, keyRule(rule.type));
    if (!form.isValue(value, rule.compareType)) return invalidField(`${place}.value`, form.says);
  }
  return null;
}

function keyRule(type: L7RuleType): string {
  return `must be a name that a ${type} rule can have`;
}

function checkWildcards(path: string, rule: RuleBody, isAdvanced: boolean): Problem | null {
  const isWild = rule.type === 'HOST_NAME' && conditionsOf(rule).some(({ value }) => /[*?]/.test(value));
  return isWild && !isAdvanced ? needsAdvanced(`${path}.value`, 'a wildcard') : null;
}

function needsAdvanced(field: string, what: string): Problem {
  return invalidField(field, `${what} needs advanced forwarding (enhance_l7policy_enable of the listener)`);
}

/** Rules of one policy: some types only once, and not more conditions in all than the quota allows. */
export function checkRuleSet(
  path: string,
  rules: readonly RuleBody[],
  maxConditions: number,
): Problem | null {
  for (const [index, { type }] of rules.entries()) {
    if (!forms[type].isRepeatable && rules.findIndex((other) => other.type === type) < index)
      return invalidField(path, `must hold one ${type} rule at most`);
  }
  const count = rules.reduce((sum, rule) => sum + conditionsOf(rule).length, 0);
  if (maxConditions < 0 || count <= maxConditions) return null;
  return problem(
    'quotaExceeded',
    `quota exceeded for condition_per_policy: ${path} has ${count} conditions, ${maxConditions} allowed`,
  );
}
