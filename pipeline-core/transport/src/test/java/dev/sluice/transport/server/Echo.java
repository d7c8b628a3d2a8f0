package dev.sluice.transport.server;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;

/** Answers a body with itself. */
record Echo(HttpCall call) implements BodyHandler {
    @Override
    public void received(Bytes body) {
        call.answer(200, "application/octet-stream", body);
    }

    @Override
    public void refused(Outcome.Refused reason) {
        call.text(RpcStatus.of(reason).http(), reason.message());
    }
}
