const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`

const KEEP = `
local function keep(ms)
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ms) end
end`

/**
 * A place is taken while its request is under way, and for one window from its end on: then no window at the other side, however
 * slow the way there, sees more requests than places. Who finds none stands in line, first come first served; the line forgets
 * those who do not come when their turn is due. The clock is Redis's own.
 *
 * `epoch` tells Redis's memory from a new one. Whoever took places lately and finds another epoch fills all places for one
 * window: what went out before the loss is not known any more.
 */
export const TAKE = `${NOW}${KEEP}
local running, rested, line, lapses, epochKey = unpack(KEYS)
local places, window, lease, grace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local asker, run, known, fresh = ARGV[5], ARGV[6], ARGV[7], ARGV[8]

local ended = redis.call('ZRANGEBYSCORE', running, '-inf', now, 'WITHSCORES')
for i = 1, #ended, 2 do
  redis.call('ZREM', running, ended[i])
  redis.call('ZADD', rested, ended[i + 1] + window, ended[i])
end
redis.call('ZREMRANGEBYSCORE', rested, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', lapses, '-inf', now)) do
  redis.call('ZREM', lapses, gone)
  redis.call('ZREM', line, gone)
end

local epoch = redis.call('GET', epochKey)
local lost = known ~= '' and epoch ~= known and (not epoch or string.sub(epoch, 1, 1) ~= '!')
if lost or not epoch then
  epoch = (lost and '!' or '') .. fresh
  redis.call('SET', epochKey, epoch)
end
if lost then
  for i = 1, places do redis.call('ZADD', rested, now + window, 'lost ' .. i) end
end

local ahead = redis.call('ZRANK', line, asker) or redis.call('ZCARD', line)
local resting = redis.call('ZCARD', rested)
local taken = redis.call('ZCARD', running) + resting
local turn = taken + ahead - places
local wait = 0
if turn < 0 then
  redis.call('ZREM', line, asker)
  redis.call('ZREM', lapses, asker)
  redis.call('ZADD', running, now + lease, run)
else
  -- Who comes after all that is taken now waits for those before him in the line to have had their window, too.
  local rounds = math.max(math.floor((turn - taken) / places) + 1, 0)
  turn = turn - rounds * places
  local due = now
  if turn >= resting then due = now + window
  elseif turn >= 0 then due = tonumber(redis.call('ZRANGE', rested, turn, turn, 'WITHSCORES')[2]) end
  wait = math.max(due + rounds * window - now, 1)
  if asker ~= '' then
    local last = redis.call('ZRANGE', line, -1, -1, 'WITHSCORES')[2] or 0
    redis.call('ZADD', line, 'NX', last + 1, asker)
    redis.call('ZADD', lapses, now + wait + grace, asker)
  end
end
keep(window * 2 + lease + wait + grace)
return {wait, epoch}`

/** The window of a place begins with the end of its request. */
export const END = `${NOW}${KEEP}
local window = tonumber(ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], now + window, ARGV[2])
for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) < window * 2 then redis.call('PEXPIRE', key, window * 2) end
end
return 1`

export const LEAVE_LINE = `
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1`

export const USED = `${NOW}
return redis.call('ZCOUNT', KEYS[1], now - ARGV[1], '+inf') + redis.call('ZCOUNT', KEYS[2], now, '+inf')`
