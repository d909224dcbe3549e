export interface Part {
  readonly text?: string
  readonly thought?: boolean
  readonly inlineData?: { readonly mimeType: string; readonly data: string }
  readonly functionCall?: { readonly name: string; readonly args: object }
  readonly functionResponse?: object
}

export interface Content {
  readonly role?: string
  readonly parts?: readonly Part[]
}

/** The fields that the scripted models read from a request. */
export interface RequestBody {
  readonly model: string
  readonly stream: boolean
  readonly contents?: readonly Content[]
  readonly tools?: readonly { readonly functionDeclarations?: readonly { name: string }[] }[]
  /** The tier to be served by: in the Gemini API, and for the tests in Vertex AI. */
  readonly serviceTier?: string
  readonly labels?: { readonly traffic?: string }
  readonly generationConfig?: {
    readonly candidateCount?: number
    readonly responseModalities?: readonly string[]
    readonly thinkingConfig?: { readonly includeThoughts?: boolean }
  }
  /** Of embeddings: in the Gemini API, and in Vertex AI. */
  readonly requests?: readonly object[]
  readonly instances?: readonly object[]
}
