package dev.sluice.receivers.otlp;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.transport.server.BodyHandler;
import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.RpcStatus;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One request over HTTP, from its body to its answer. */
final class HttpExport implements BodyHandler, Completable<Outcome> {
    private final HttpCall call;
    private final SignalInlet inlet;
    private final HttpEncoding encoding;
    private final Logger log;

    HttpExport(HttpCall call, SignalInlet inlet, HttpEncoding encoding, Logger log) {
        this.call = call;
        this.inlet = inlet;
        this.encoding = encoding;
        this.log = log;
    }

    @Override
    public void received(Bytes body) {
        Bytes request;
        try {
            request = encoding.request(inlet.signal(), body);
        } catch (MalformedOtlpException bad) {
            refused(Outcome.permanent(Outcome.Reason.INVALID, "malformed request: " + bad.getMessage()));
            return;
        }
        Future<Outcome> outcome = inlet.call(request, call.origin());
        if (outcome.isComplete()) {
            complete(outcome.result(), outcome.cause());
        } else {
            outcome.onComplete(this);
        }
    }

    @Override
    public void refused(Outcome.Refused reason) {
        fail(RpcStatus.of(reason));
    }

    @Override
    public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure != null || outcome == null) {
            log.atError().setCause(failure).log("A request failed");
            fail(RpcStatus.internal());
            return;
        }
        switch (outcome) {
            case Outcome.Accepted accepted ->
                call.answer(200, encoding.contentType(), encoding.response(inlet, accepted));
            case Outcome.Refused refused -> refused(refused);
        }
    }

    private void fail(RpcStatus status) {
        if (status.retryable()) {
            call.header("retry-after", Long.toString(status.retryAfterSeconds()));
        }
        call.answer(status.http(), encoding.contentType(), encoding.status(status));
    }
}
