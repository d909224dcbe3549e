/** What the tests use of the client: its own types are where it is installed, out of the compiler's sight. */
export interface Ollama {
  chat(request: object & { readonly stream: true }): Promise<AsyncIterable<object>>
  chat(request: object): Promise<object>
  generate(request: object & { readonly stream: true }): Promise<AsyncIterable<object>>
  generate(request: object): Promise<object>
  embed(request: object): Promise<object>
}

export interface OllamaLibrary {
  readonly Ollama: new (options: object) => Ollama
}
