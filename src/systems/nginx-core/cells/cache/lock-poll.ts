/**
 * Milliseconds after which a request that waits for another one's answer (proxy_cache_lock) looks again whether it is there;
 * fixed in NGINX's source: src/http/ngx_http_file_cache.c, ngx_http_file_cache_lock and its wait handler.
 */
export const cacheLockPollMs = 500
