package dev.sluice.receivers.loki;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Signal;
import dev.sluice.transport.server.BodyHandler;
import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.RpcStatus;
import io.vertx.core.Completable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One push, from its body to its answer: 204 once the next stage has it. */
final class Push implements BodyHandler, Completable<Outcome> {
    private static final int NO_CONTENT = 204;

    private final HttpCall call;
    private final Function<Bytes, Bytes> records;
    private final TelemetryConsumer next;
    private final Logger log;

    /** @param records makes a request of OTLP of the body */
    Push(HttpCall call, Function<Bytes, Bytes> records, TelemetryConsumer next, Logger log) {
        this.call = call;
        this.records = records;
        this.next = next;
        this.log = log;
    }

    @Override
    public void received(Bytes body) {
        Bytes request;
        int items;
        try {
            request = records.apply(body);
            items = OtlpValidator.validate(Signal.LOGS, request);
        } catch (MalformedOtlpException | MalformedPushException bad) {
            call.text(400, String.valueOf(bad.getMessage()));
            return;
        } catch (OversizedPushException large) {
            call.text(413, String.valueOf(large.getMessage()));
            return;
        }
        if (items == 0) {
            call.empty(NO_CONTENT);
            return;
        }
        next.consume(Telemetry.of(Signal.LOGS, request, items, call.origin())).onComplete(this);
    }

    @Override
    public void refused(Outcome.Refused reason) {
        RpcStatus status = RpcStatus.of(reason);
        if (status.retryable()) {
            call.header("retry-after", Long.toString(status.retryAfterSeconds()));
        }
        call.text(status.http(), status.message());
    }

    @Override
    public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
        switch (outcome) {
            case null -> {
                log.atError().setCause(failure).log("A push failed");
                call.text(500, "internal error");
            }
            case Outcome.Accepted _ -> call.empty(NO_CONTENT);
            case Outcome.Refused refused -> refused(refused);
        }
    }
}
