import { createHash } from 'node:crypto'
import type { Offer } from '@torrentino/testkit'

/** The settings of the demo: all on loopback, with one key for one admin. */
export function demoSettings({ token, media, offer }: { token: string; media: string; offer: Offer }): Record<string, string> {
  const loopback = '127.0.0.1'
  return {
    AUTH_METHOD: 'token',
    AUTH_TOKENS: `demo:admin:${createHash('sha256').update(token).digest('hex')}`,
    SERVER_HOST: loopback,
    MEDIA_ROOTS: media,
    SEARCHER_INDEXERS: JSON.stringify([{ name: 'loopback', url: offer.feedUrl, api_key: offer.apiKey, timeout_secs: 10 }]),
    TORRENT_INTERFACE: loopback,
    TORRENT_DHT: 'false',
    TORRENT_LISTEN_PORT: '0',
    METRICS_PORT: '0',
  }
}
