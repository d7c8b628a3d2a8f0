package dev.sluice.transport.server;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;

/** Gets the body of a request; one of the two methods is called, unless the client goes before. */
public interface BodyHandler {
    /** The body as a whole, decompressed, in one slice. */
    void received(Bytes body);

    /** There is no body to be had: answer that. */
    void refused(Outcome.Refused reason);
}
