package dev.sluice.transport.client;

import io.vertx.core.Future;
import java.util.Map;

/** The capability of an extension that signs outgoing requests. Called on the loop of the exporter that asks. */
public interface ClientAuthenticator {
    /**
     * The headers to put on the next request, replacing those of the same name. A failed future refuses the request: it may be
     * tried again, since tokens get renewed.
     */
    Future<Map<String, String>> credentials();
}
