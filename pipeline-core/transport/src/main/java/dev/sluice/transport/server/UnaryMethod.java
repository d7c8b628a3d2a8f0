package dev.sluice.transport.server;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import io.vertx.core.Future;

/** A gRPC method with one message each way. Called on the loop of the listener. */
public interface UnaryMethod {
    /** {@code message} is decompressed, in one slice or empty. A failed future is answered with INTERNAL, unless by a {@link StatusException}. */
    Future<Outcome> call(Bytes message, Origin origin);

    /** The answer's message to a call that was accepted. */
    Bytes reply(Outcome.Accepted accepted);
}
