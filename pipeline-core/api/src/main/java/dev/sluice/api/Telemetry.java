package dev.sluice.api;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpItems;
import dev.sluice.otlp.Signal;

/**
 * An immutable batch: the OTLP {@code Export*ServiceRequest} as it came off the wire. Every slice of {@link #wire()} is a request by
 * itself (see {@link Bytes}). The bytes are well formed: receivers check them before they make a batch.
 */
public sealed interface Telemetry {
    Signal signal();

    Bytes wire();

    /** Spans, metric points or log records; counted at the first call unless known before. */
    int items();

    Origin origin();

    /** A batch of the same signal and origin with other bytes. {@code items} is their count, or -1 to count when asked. */
    default Telemetry with(Bytes wire, int items) {
        return of(signal(), wire, items, origin());
    }

    static Telemetry of(Signal signal, Bytes wire, Origin origin) {
        return of(signal, wire, -1, origin);
    }

    /** {@code items} is the count if known, or -1. */
    static Telemetry of(Signal signal, Bytes wire, int items, Origin origin) {
        return switch (signal) {
            case TRACES -> new Traces(wire, items, origin);
            case METRICS -> new Metrics(wire, items, origin);
            case LOGS -> new Logs(wire, items, origin);
        };
    }

    /** Spans. */
    final class Traces extends Batch implements Telemetry {
        Traces(Bytes wire, int items, Origin origin) {
            super(Signal.TRACES, wire, items, origin);
        }
    }

    /** Metrics, counted by data points. */
    final class Metrics extends Batch implements Telemetry {
        Metrics(Bytes wire, int items, Origin origin) {
            super(Signal.METRICS, wire, items, origin);
        }
    }

    /** Log records. */
    final class Logs extends Batch implements Telemetry {
        Logs(Bytes wire, int items, Origin origin) {
            super(Signal.LOGS, wire, items, origin);
        }
    }
}

/** The state that the three signals share. */
abstract class Batch {
    private final Signal signal;
    private final Bytes wire;
    private final Origin origin;
    /** -1 until counted. Racing threads would count the same number twice, nothing worse. */
    private int items;

    Batch(Signal signal, Bytes wire, int items, Origin origin) {
        this.signal = signal;
        this.wire = wire;
        this.items = items;
        this.origin = origin;
    }

    public final Signal signal() {
        return signal;
    }

    public final Bytes wire() {
        return wire;
    }

    public final Origin origin() {
        return origin;
    }

    public final int items() {
        int known = items;
        if (known < 0) {
            known = OtlpItems.count(signal, wire);
            items = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return signal.key() + "[" + (items < 0 ? "?" : items) + " items, " + wire.length() + " bytes]";
    }
}
