package dev.sluice.transport.server;

/** What an HTTP server does. Called on the loop of the listener, when the headers of a request have come. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers now or later, and asks for the {@link HttpCall#receive body} before it returns or not at all. Every call must be
     * answered, even one whose client has gone.
     */
    void handle(HttpCall call);
}
