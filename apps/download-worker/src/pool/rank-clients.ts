/** A client as it stands when a home is sought for a torrent. */
export interface Option {
  name: string
  ok: boolean
  /** Bytes that it may still take. */
  left: number
  /** How many torrents it is loading, in the whole system. */
  loading: number
}

/** Best first, only those that can be used: where there is room, then the least busy, then the most space. */
export function rankClients<O extends Option>(options: readonly O[], sizeBytes: number): O[] {
  const hasRoom = ({ left }: Option) => (left >= sizeBytes ? 1 : 0)
  return options
    .filter(({ ok }) => ok)
    .sort((one, other) => hasRoom(other) - hasRoom(one) || one.loading - other.loading || other.left - one.left)
}
