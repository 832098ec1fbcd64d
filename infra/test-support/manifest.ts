/** A Kubernetes object, as far as we look into it by name. */
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
  spec: Fields
  data?: Record<string, string>
}

// biome-ignore lint/suspicious/noExplicitAny: the types of Kubernetes are checked by the compiler, on all manifests at once
export type Fields = any
