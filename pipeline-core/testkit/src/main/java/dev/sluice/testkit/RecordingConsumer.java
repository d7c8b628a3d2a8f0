package dev.sluice.testkit;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A next stage that keeps what it gets and answers as told. Batches may be read from any thread. */
public final class RecordingConsumer implements TelemetryConsumer {
    private final List<Telemetry> batches = new CopyOnWriteArrayList<>();
    private final Deque<Future<Outcome>> script = new ArrayDeque<>();

    /** The next answers, in order; after them everything is accepted. */
    public synchronized RecordingConsumer answer(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            script.add(Future.succeededFuture(outcome));
        }
        return this;
    }

    /** The next answer, which the test completes when it likes. */
    public synchronized RecordingConsumer answer(Future<Outcome> future) {
        script.add(future);
        return this;
    }

    @Override
    public synchronized Future<Outcome> consume(Telemetry batch) {
        batches.add(batch);
        return script.isEmpty() ? Outcome.accepted() : script.poll();
    }

    public List<Telemetry> batches() {
        return batches;
    }

    /** The items of all batches of a signal. */
    public int items(Signal signal) {
        return batches.stream()
                .filter(batch -> batch.signal() == signal)
                .mapToInt(Telemetry::items)
                .sum();
    }

    /** All batches of a signal as one request. */
    public byte[] merged(Signal signal) {
        List<Bytes> wires = new ArrayList<>();
        batches.stream().filter(batch -> batch.signal() == signal).forEach(batch -> wires.add(batch.wire()));
        return Bytes.concat(wires).toByteArray();
    }
}
