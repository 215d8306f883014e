-- Asks for the addresses of a file in turn, each thread from another place; prints one line of figures at the end.
local threads = 0

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

function init(args)
   requests, at = {}, 0
   local headers = { ["Cookie"] = args[2] or "" }
   for line in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", line, headers) end
   at = number * 7919 % #requests
end

function request()
   at = at % #requests + 1
   return requests[at]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format("figures %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
      latency:percentile(95), latency:percentile(99), latency.max, errors.status, errors.connect + errors.read + errors.timeout))
end
