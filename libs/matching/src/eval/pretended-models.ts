import type { Ask } from '../llm/index.js'
import { type ModelAnswer, NO_ANSWER } from '../llm/model-answer.js'
import type { EvalCase, Offer } from './eval-case.js'

interface Asked {
  wanted: { tracks: { id: string; name: string }[] }
  candidates: { id: string; title: string }[]
  files?: { files: { id: string; name: string }[] }
}

/** Knows what a careful human would say, and says it. */
export function honestModel(one: EvalCase): Ask {
  return answering((asked) => ({ scores: scoresOf(one, asked, (right) => (right ? 1 : 0)), mapping: trueMapping(one, asked) }))
}

/** Wants what is wrong, and takes files as they come: what hostile names could make of a model at worst. */
export function lyingModel(one: EvalCase): Ask {
  return answering((asked) => ({ scores: scoresOf(one, asked, (right) => (right ? 0 : 1)), mapping: mappingInOrder(asked) }))
}

/** Likes everything. */
export function pleasedModel(one: EvalCase): Ask {
  return answering((asked) => ({ scores: scoresOf(one, asked, () => 1), mapping: mappingInOrder(asked) }))
}

function answering(answer: (asked: Asked) => Partial<ModelAnswer>): Ask {
  return async (question) => ({ value: question.schema.parse({ ...NO_ANSWER, ...answer(JSON.parse(question.user)) }) })
}

function scoresOf(one: EvalCase, { candidates }: Asked, scoreFor: (right: boolean) => number): ModelAnswer['scores'] {
  return candidates.map(({ id, title }) => ({ id, score: scoreFor(offerOf(one, title)?.right === true), why: '' }))
}

function mappingInOrder({ wanted, files }: Asked): ModelAnswer['mapping'] {
  return wanted.tracks.flatMap(({ id: track }, place) => {
    const file = files?.files[place]
    return file ? { track, file: file.id, confidence: 1 } : []
  })
}

/** The files asked about are those of the first candidate. */
function trueMapping(one: EvalCase, { wanted, candidates, files }: Asked): ModelAnswer['mapping'] {
  const truth = new Map(offerOf(one, candidates[0]?.title)?.files.map(({ path, is }) => [path.split('/').slice(-2).join('/'), is]))
  const places = one.request.tracks.filter((track) => track.requested).map((track) => track.catalog_track_id)
  return (files?.files ?? []).flatMap(({ id: file, name }) => {
    const track = wanted.tracks[places.indexOf(truth.get(name) ?? '')]
    return track ? { track: track.id, file, confidence: 1 } : []
  })
}

function offerOf({ offers }: EvalCase, title: string | undefined): Offer | undefined {
  return offers.find(({ candidate }) => candidate.title === title)
}
