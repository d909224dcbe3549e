'use strict'

/** What an application imports of the client. */
module.exports = (bedrock) => ({
  Client: bedrock.BedrockRuntimeClient,
  Aggregated: bedrock.BedrockRuntime,
  Converse: bedrock.ConverseCommand,
  ConverseStream: bedrock.ConverseStreamCommand,
  Invoke: bedrock.InvokeModelCommand,
  InvokeStream: bedrock.InvokeModelWithResponseStreamCommand,
  CountTokens: bedrock.CountTokensCommand,
  ListAsyncInvokes: bedrock.ListAsyncInvokesCommand,
  APIError: bedrock.BedrockRuntimeServiceException,
  BadRequestError: bedrock.ValidationException,
})
