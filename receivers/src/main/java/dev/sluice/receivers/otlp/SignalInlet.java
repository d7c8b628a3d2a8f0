package dev.sluice.receivers.otlp;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireWriter;
import dev.sluice.transport.server.UnaryMethod;
import io.vertx.core.Future;

/** Checks the requests of one signal and passes them on. Whatever comes in has been checked once, here. */
final class SignalInlet implements UnaryMethod {
    private static final Future<Outcome> NOTHING = Future.succeededFuture(Outcome.ACCEPTED);

    private final Signal signal;
    private final TelemetryConsumer next;

    SignalInlet(Signal signal, TelemetryConsumer next) {
        this.signal = signal;
        this.next = next;
    }

    Signal signal() {
        return signal;
    }

    @Override
    public Future<Outcome> call(Bytes request, Origin origin) {
        int items;
        try {
            items = OtlpValidator.validate(signal, request);
        } catch (MalformedOtlpException bad) {
            return Future.succeededFuture(
                    Outcome.permanent(Outcome.Reason.INVALID, "malformed request: " + bad.getMessage()));
        }
        return items == 0 ? NOTHING : next.consume(Telemetry.of(signal, request, items, origin));
    }

    /** An {@code Export*ServiceResponse}; the messages of the three signals are alike on the wire, and empty if all was taken. */
    @Override
    public Bytes reply(Outcome.Accepted accepted) {
        if (accepted.rejectedItems() == 0 && accepted.message().isEmpty()) {
            return Bytes.EMPTY;
        }
        WireWriter writer = new WireWriter();
        int partial = writer.mark();
        if (!accepted.message().isEmpty()) {
            writer.string(2, accepted.message());
        }
        if (accepted.rejectedItems() != 0) {
            writer.varint(1, accepted.rejectedItems());
        }
        writer.message(1, partial);
        return writer.toBytes();
    }
}
