import { type RedactionRule, START } from './rule.ts'

/** Keys and tokens that tell by their beginning whose they are: what follows it, and how often at least. */
const VENDORS: Readonly<Record<string, readonly (readonly [prefix: string, rest: string])[]>> = {
  anthropic: [['sk-ant-', String.raw`[\w-]{16,}`]],
  openrouter: [['sk-or-', String.raw`[\w-]{16,}`]],
  openai: [['sk-', String.raw`(?=[A-Za-z_-]*\d)[\w-]{16,}`]],
  langfuse: [['pk-lf-', String.raw`[\w-]{16,}`]],
  groq: [['gsk_', String.raw`\w{20,}`]],
  xai: [['xai-', String.raw`\w{20,}`]],
  perplexity: [['pplx-', String.raw`\w{20,}`]],
  huggingface: [
    ['hf_', '[A-Za-z0-9]{20,}'],
    ['api_org_', '[A-Za-z0-9]{20,}'],
  ],
  replicate: [['r8_', '[A-Za-z0-9]{20,}']],
  nvidia: [['nvapi-', String.raw`[\w-]{20,}`]],
  tavily: [['tvly-', String.raw`[\w-]{16,}`]],
  pinecone: [['pcsk_', String.raw`\w{20,}`]],
  langsmith: [['lsv2_', String.raw`\w{20,}`]],
  google: [['GOCSPX-', String.raw`[\w-]{20,}`]],
  github: [
    ['ghp_', '[A-Za-z0-9]{30,}'],
    ['gho_', '[A-Za-z0-9]{30,}'],
    ['ghu_', '[A-Za-z0-9]{30,}'],
    ['ghs_', '[A-Za-z0-9]{30,}'],
    ['ghr_', '[A-Za-z0-9]{30,}'],
    ['github_pat_', String.raw`\w{22,}`],
  ],
  gitlab: [
    ['glpat-', String.raw`[\w.-]{20,}`],
    ['gldt-', String.raw`[\w.-]{20,}`],
    ['glrt-', String.raw`[\w.-]{20,}`],
  ],
  npm: [['npm_', '[A-Za-z0-9]{30,}']],
  pypi: [['pypi-', String.raw`[\w-]{32,}`]],
  slack: [
    ['xoxa-', String.raw`[\w-]{10,}`],
    ['xoxb-', String.raw`[\w-]{10,}`],
    ['xoxe-', String.raw`[\w-]{10,}`],
    ['xoxp-', String.raw`[\w-]{10,}`],
    ['xoxr-', String.raw`[\w-]{10,}`],
    ['xoxs-', String.raw`[\w-]{10,}`],
    ['xapp-', String.raw`[\w-]{20,}`],
  ],
  stripe: [
    ['sk_live_', String.raw`\w{16,}`],
    ['sk_test_', String.raw`\w{16,}`],
    ['rk_live_', String.raw`\w{16,}`],
    ['rk_test_', String.raw`\w{16,}`],
    ['whsec_', '[A-Za-z0-9+/=]{24,}'],
  ],
  shopify: [['shpat_', '[a-fA-F0-9]{32}']],
  digitalocean: [['dop_v1_', '[a-f0-9]{64}']],
  grafana: [
    ['glsa_', String.raw`\w{30,}`],
    ['glc_', '[A-Za-z0-9+/=]{32,}'],
  ],
  sentry: [['sntrys_', '[A-Za-z0-9+/=_]{32,}']],
  figma: [['figd_', String.raw`[\w-]{32,}`]],
  linear: [['lin_api_', '[A-Za-z0-9]{32,}']],
  notion: [['ntn_', '[A-Za-z0-9]{32,}']],
  postman: [['PMAK-', '[a-f0-9-]{40,}']],
}

const PREFIXES = Object.values(VENDORS).flatMap((tokens) => tokens.map(([prefix]) => prefix))

const LAST = [...new Set(PREFIXES.map((prefix) => prefix.at(-2)))].join('')

// one look at the rare last characters of the prefixes, in place of one for each of them
const ANY_PREFIX = new RegExp(`[-_](?<=[${LAST}].)(?<=${START}(?:${PREFIXES.join('|')}))`)

// these have no rare beginning, but long patterns are quick
const LONG = /hooks\.slack\.com|dapi[a-f\d]{32}|hvs\.[\w-]{20}/

const prefixed: readonly RedactionRule[] = Object.entries(VENDORS).map(([vendor, tokens]) => ({
  name: `${vendor} key`,
  hint: ANY_PREFIX,
  pattern: new RegExp(`(?:${tokens.map(([prefix, rest]) => begun(prefix, rest)).join('|')})`),
}))

const token = (name: string, hint: string, rest: string): RedactionRule => ({
  name,
  hint,
  pattern: new RegExp(begun(hint, rest), 'y'),
})

/** The prefix first, and only then whether a word begins with it: it is the rarer of the two. */
function begun(prefix: string, rest: string): string {
  return `${prefix}(?<=${START}${prefix})${rest}`
}

const started = (pattern: string): RegExp => new RegExp(START + pattern)

/** Keys and tokens of the usual vendors. */
export const tokens: readonly RedactionRule[] = [
  ...prefixed,
  token('google key', 'AIza', String.raw`[\w-]{30,}`),
  token('aws key', 'AKIA', '[A-Z0-9]{16}(?![A-Za-z0-9])'),
  token('aws key', 'ASIA', '[A-Z0-9]{16}(?![A-Za-z0-9])'),
  token('aws key', 'ABSK', '[A-Za-z0-9+/=]{40,}'),
  token('google token', 'ya29', String.raw`\.[\w-]{20,}`),
  token('sendgrid key', 'SG', String.raw`\.[\w-]{16,}\.[\w-]{16,}`),
  { name: 'databricks token', hint: LONG, pattern: started('dapi[a-f\\d]{32}') },
  { name: 'vault token', hint: LONG, pattern: started(String.raw`hvs\.[\w-]{20,}`) },
  { name: 'slack webhook', hint: LONG, pattern: /hooks\.slack\.com\/(?<secret>[\w/-]{20,})/ },
]
