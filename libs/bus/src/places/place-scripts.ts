const BEGIN = `
local holders, line, seen, turns = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', holders, '-inf', now)
local function leaveLine(member)
  redis.call('ZREM', line, member)
  redis.call('ZREM', seen, member)
end`

/**
 * Takes a place or a stand in the line. Only those who stand before all others may take what is free, so nobody comes between
 * one who was called and his place.
 *
 * The line is fair: each requester's tickets have turns 1, 2, 3 ... and the line goes through the turns, so that everybody's first comes
 * before anybody's second. Who comes later begins with the turn that is being served now. Priorities go before turns.
 * A rank is made of priority, turn and order of coming, and stays exact in a double.
 */
export const ENTER = `${BEGIN}
local owner, member, requester, priority = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local places, ttl, patience = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local served, last = 'served:' .. priority, 'last:' .. priority .. ':' .. requester

local function hold()
  redis.call('ZADD', holders, now + ttl, owner)
  redis.call('PEXPIRE', holders, ttl * 2)
  leaveLine(member)
  return 0
end
if redis.call('ZSCORE', holders, owner) then return hold() end

for _, gone in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - patience)) do leaveLine(gone) end
local turn = tonumber(redis.call('HGET', turns, served) or 0)
if not redis.call('ZSCORE', line, member) then
  local own = tonumber(redis.call('HGET', turns, last) or -1) + 1
  if own < turn then own = turn end
  redis.call('HSET', turns, last, own)
  local order = redis.call('HINCRBY', turns, 'order', 1) % 1000000
  redis.call('ZADD', line, string.format('%.0f', priority * 1e15 + own * 1e6 + order), member)
end
redis.call('ZADD', seen, now, member)
for _, key in ipairs({ line, seen, turns }) do redis.call('PEXPIRE', key, 86400000) end

local ahead = redis.call('ZRANK', line, member)
if ahead >= places - redis.call('ZCARD', holders) then return ahead + 1 end
local own = math.floor((tonumber(redis.call('ZSCORE', line, member)) - priority * 1e15) / 1e6)
if own > turn then redis.call('HSET', turns, served, own) end
return hold()`

/** Gives back a place, if any, with its turn where it was of no use, and the stands of those who are gone; answers for whom there are places now. */
export const CALL = `${BEGIN}
local places, owner, unused = tonumber(ARGV[1]), ARGV[2], ARGV[3]
redis.call('ZREM', holders, owner)
if unused ~= '' and redis.call('HEXISTS', turns, unused) == 1 then redis.call('HINCRBY', turns, unused, -1) end
for i = 4, #ARGV do leaveLine(ARGV[i]) end
local taken = redis.call('ZCARD', holders)
if taken == 0 and redis.call('ZCARD', line) == 0 then redis.call('DEL', turns) end
if taken >= places then return {} end
return redis.call('ZRANGE', line, 0, places - taken - 1)`

/** How many stand in the line with a priority before this one for whom there is no place: who was called has one, though not taken yet. */
export const LACKING = `${BEGIN}
local places, priority = tonumber(ARGV[1]), tonumber(ARGV[2])
local waiting = redis.call('ZCOUNT', line, '-inf', string.format('(%.0f', priority * 1e15))
return waiting - math.max(0, places - redis.call('ZCARD', holders))`
