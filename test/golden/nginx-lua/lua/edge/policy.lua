-- What the policy says, as data: the key to its holder, the rate per second and the size of the buckets.
return {
    keys = {
        {
            variable = "http_x_api_key",
            consumers = {
                ["key-alice"] = "alice",
                ["b\034o\092b{$}"] = "bob",
            },
        },
    },
    limits = {
        {
            rate = 10,
            burst = 5,
            per = "consumer",
        },
        {
            rate = 0.7,
            burst = 1,
            per = "address",
        },
    },
}
