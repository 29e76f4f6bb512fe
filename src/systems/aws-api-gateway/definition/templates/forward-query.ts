/** A request template: an integration that maps gets no query parameter that is not named, so each is set by itself. */
export const forwardQuery = `## Every query parameter goes on to the origin.
#set($query = $input.params().querystring)
#foreach($name in $query.keySet())
#set($context.requestOverride.querystring[$name] = $query.get($name))
#end
`
