import { z } from 'zod'

const tokens = z.int().nonnegative()

export const Message = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullish(),
  usage: z.object({ input_tokens: tokens, output_tokens: tokens }).optional(),
})
export type Message = z.infer<typeof Message>
