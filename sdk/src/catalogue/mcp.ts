/** Attributes of the Model Context Protocol in the GenAI semantic conventions. */
export const mcp = {
  'mcp.method.name': {
    type: 'string',
    examples: ['tools/call', 'resources/read', 'initialize'],
    meaning: 'What is asked for.',
  },
  'mcp.session.id': {
    type: 'string',
    meaning: 'The session, where the transport has one.',
  },
  'mcp.protocol.version': {
    type: 'string',
    examples: ['2025-11-25'],
    meaning: 'The version of the protocol that both sides agreed on.',
  },
  'mcp.resource.uri': { type: 'string', meaning: 'The resource, redacted.' },
  'jsonrpc.request.id': { type: 'string', meaning: 'The id of the request in its connection.' },
} as const
