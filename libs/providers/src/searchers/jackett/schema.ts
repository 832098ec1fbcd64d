import { z } from 'zod'

const text = z.string().max(20_000).nullish().catch(undefined)
const number = z
  .union([z.number(), z.string().max(50)])
  .nullish()
  .catch(undefined)

export const JackettRelease = z.looseObject({
  Title: text,
  Guid: text,
  Link: text,
  MagnetUri: text,
  InfoHash: text,
  Tracker: text,
  TrackerId: text,
  TrackerType: text,
  Size: number,
  Seeders: number,
  Peers: number,
  PublishDate: text,
  MinimumRatio: number,
  MinimumSeedTime: number,
})
export type JackettRelease = z.infer<typeof JackettRelease>

export const JackettIndexer = z.looseObject({ ID: text, Name: text, Status: number, Error: text })
export type JackettIndexer = z.infer<typeof JackettIndexer>

/** The elements of both lists are read one by one, so that one that is broken spoils no other. */
export const JackettAnswer = z.looseObject({
  Results: z.array(z.unknown()).nullish(),
  Indexers: z.array(z.unknown()).nullish().catch(undefined),
})
