// in pieces, lest somebody's scanner takes them for real
export const key = (prefix: string, rest: string): string => `${prefix}${rest}`
export const LONG = '0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3'
const HEX = '0123456789abcdef'.repeat(4)
export const PEM: readonly string[] = [
  key('-----BEGIN RSA PRIVATE', ' KEY-----'),
  'MIIEowIBAAKCAQEAx3Vd',
  'AAAA+/==',
  key('-----END RSA PRIVATE', ' KEY-----'),
]

export interface Samples {
  /** Each is replaced whole, wherever it stands. */
  readonly found: readonly string[]
  /** Look alike, and stay. */
  readonly kept?: readonly string[]
}

/** By what stands in the place of what was found. */
export const SAMPLES: Readonly<Record<string, Samples>> = {
  '[email]': {
    found: [
      'alice@example.com',
      'first.last+tag@mail.example.co.uk',
      "o'neil@example.org",
      'müller@größe.example',
      'bob_99%x@a-b.io',
      'alice%40example.com',
    ],
    kept: [
      '@alice',
      'alice@home',
      '@angular/core',
      'npm@10.2.0',
      'git@github.com:org/repo',
      'icon@2x.png',
    ],
  },
  '[phone]': {
    found: [
      '+49 151 12345678',
      '+1 (415) 555-2671',
      '+14155552671',
      '+44 20 7946 0958',
      '+33 6 12 34 56 78',
      '0049 30 1234567',
      '(415) 555-2671',
      '(415)555-2671',
      '415-555-2671',
      '415.555.2671',
      '1-800-555-0199',
      '06 12 34 56 78',
      '06.12.34.56.78',
      '0151 12345678',
      '030/1234567',
      '020 7946 0958',
      '03-1234-5678',
      '015112345678',
      '07911123456',
    ],
    kept: [
      '2025-03-14',
      '2025-03-14 10:22:05',
      '2025-03-14T10:22:05.123Z',
      '14.03.2025',
      '03/14/2025',
      '01-02-2025 10:22',
      '09/12/2025 14 h',
      '1234567',
      '12345678901',
      '1700000000000',
      '1,234,567.89',
      '1 234 567',
      '0.123456789',
      '550e8400-e29b-41d4-a716-446655440000',
      '1.2.3-beta.4',
      'ISBN 978-3-16-148410-0',
      '192 168 001',
      '$1 000 000',
      'RFC 2616 7230 7231',
      '0x0151123456',
    ],
  },
  '[card]': {
    found: [
      '4111111111111111',
      '4111 1111 1111 1111',
      '4111-1111-1111-1111',
      '5555555555554444',
      '2223003122003222',
      '378282246310005',
      '3782 822463 10005',
      '6011111111111117',
      '30569309025904',
      '3530111333300000',
      '6200000000000005',
      '4222222222222',
    ],
    kept: [
      '4111111111111112',
      '1234567890123456',
      '1700000000000000',
      '9007199254740991',
      '00000000000000000000',
      '41111111111111111111111',
      '4111111111111111a',
    ],
  },
  '[iban]': {
    found: [
      'DE89370400440532013000',
      'DE89 3704 0044 0532 0130 00',
      'GB82 WEST 1234 5698 7654 32',
      'FR14 2004 1010 0505 0001 3M02 606',
      'NO9386011117947',
      'AT61 1904 3002 3457 3201',
      'ch9300762011623852957',
    ],
    kept: ['DE89370400440532013001', 'XX89370400440532013000', 'AB12 3456 7890'],
  },
  '[ip]': {
    found: [
      '192.168.10.7',
      '8.8.8.8',
      '203.0.113.254',
      '2001:db8::8a2e:370:7334',
      '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
      'fe80::1',
    ],
    kept: [
      '127.0.0.1',
      '0.0.0.0',
      '::1',
      '1.2.3',
      'v1.2.3.4',
      '1.2.3.4.5',
      '120.0.6099.109',
      '999.1.1.1',
      'std::vector',
      'Face::Bad',
      '10:22:05',
      'aa:bb:cc:dd:ee:ff',
    ],
  },
  'https://ada:[password]@example.com': {
    found: ['https://ada:hunter2@example.com', 'https://ada:p-w_d@example.com'],
    kept: ['https://example.com:8080/a@b'],
  },
  '[openai key]': {
    found: [
      key('sk-', LONG),
      key('sk-proj-', `${LONG}_-${LONG}`),
      key('sk-svcacct-', LONG),
      key('sk-', '1234567890abcdef'),
    ],
    kept: ['risk-adjusted-performance-1234567890', 'sk-short', 'sk-learn-compatible-estimators'],
  },
  '[anthropic key]': { found: [key('sk-ant-', `api03-${LONG}`)] },
  '[openrouter key]': { found: [key('sk-or-', `v1-${LONG}`)] },
  '[langfuse key]': { found: [key('pk-lf-', LONG)] },
  '[groq key]': { found: [key('gsk_', LONG)], kept: ['gsk_short'] },
  '[xai key]': { found: [key('xai-', LONG)] },
  '[perplexity key]': { found: [key('pplx-', LONG)] },
  '[huggingface key]': {
    found: [key('hf_', LONG), key('api_org_', LONG)],
    kept: ['hf_hub_download', 'half_0aB1cD2eF3gH4iJ5kL6m'],
  },
  '[replicate key]': { found: [key('r8_', LONG)] },
  '[nvidia key]': { found: [key('nvapi-', LONG)] },
  '[tavily key]': { found: [key('tvly-', LONG)] },
  '[pinecone key]': { found: [key('pcsk_', LONG)] },
  '[langsmith key]': { found: [key('lsv2_', `pt_${LONG}`)] },
  '[google key]': {
    found: [key('AIza', 'SyA0123456789_abcdefghijklmnopqrstu'), key('GOCSPX-', LONG)],
    kept: ['AIzawa'],
  },

  '[google token]': { found: [key('ya29', `.${LONG}`)] },
  '[aws key]': {
    found: [key('AKIA', 'IOSFODNN7EXAMPLE'), key('ASIA', 'IOSFODNN7EXAMPLE'), key('ABSK', LONG)],
    kept: ['AKIAIOSFODNN7', 'XAKIAIOSFODNN7EXAMPLE'],
  },
  '[github key]': {
    found: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'].map((prefix) =>
      key(prefix, LONG),
    ),
    kept: ['ghp_short'],
  },
  '[gitlab key]': { found: ['glpat-', 'gldt-', 'glrt-'].map((prefix) => key(prefix, LONG)) },
  '[npm key]': { found: [key('npm_', LONG)], kept: ['npm_config_registry'] },
  '[pypi key]': { found: [key('pypi-', LONG)] },
  '[slack key]': {
    found: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'].map((prefix) =>
      key(prefix, `1-${LONG}`),
    ),
  },
  'hooks.slack.com/[slack webhook]': {
    found: ['hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXX'],
    kept: ['hooks.slack.com'],
  },
  '[stripe key]': {
    found: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'].map((prefix) =>
      key(prefix, LONG),
    ),
  },
  '[shopify key]': { found: [key('shpat_', HEX.slice(0, 32))] },
  '[digitalocean key]': { found: [key('dop_v1_', HEX)] },
  '[grafana key]': { found: [key('glsa_', LONG), key('glc_', LONG)] },
  '[sentry key]': { found: [key('sntrys_', LONG)] },
  '[figma key]': { found: [key('figd_', LONG)] },
  '[linear key]': { found: [key('lin_api_', LONG)] },
  '[notion key]': { found: [key('ntn_', LONG)] },
  '[postman key]': { found: [key('PMAK-', HEX)] },
  '[sendgrid key]': { found: [key('SG', `.${LONG}.${LONG}`)], kept: ['SG.1', 'MSG.text.more'] },
  '[databricks token]': { found: [key('dapi', HEX.slice(0, 32))] },
  '[vault token]': { found: [key('hvs', `.${LONG}`)] },
  '[private key]': {
    found: [PEM.join('\n'), PEM.join('\\n')],
    kept: ['a PRIVATE KEY'],
  },
  '[jwt]': {
    found: [key('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_X')],
    kept: ['eyJhbGciOiJIUzI1NiJ9'],
  },
  'Bearer [token]': {
    found: ['Bearer abcdef0123456789abcdef'],
    kept: ['Bearer of-interesting-news', 'Bearer short1'],
  },
  'client_secret=[secret]': { found: ['client_secret=a1b2c3d4'] },
  '"api_key": "[secret]': { found: ['"api_key": "a1b2c3d4'] },
  'aws_secret_access_key = [secret]': {
    found: ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  },
  'Authorization: Basic [secret]': {
    found: ['Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZTE='],
    kept: ['Authorization: required'],
  },
  'x-api-key: [secret]': { found: ['x-api-key: a1b2c3d4e5'] },
  'token=[secret]': {
    found: ['token=a1b2c3d4'],
    kept: ['token=undefined', 'max_token: 128000', 'tokens: 12345678', 'secret: understanding'],
  },
  'password: [password]': { found: ['password: hunter2'], kept: ['Password: required'] },
  '?api-key=[secret]&v=1': {
    found: ['?api-key=abcdef&v=1', '?api-key=ab%2Bcdef&v=1'],
    kept: ['?page=abcdef&v=1', 'a = b'],
  },
}
