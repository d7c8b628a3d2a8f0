package dev.sluice.exporters.debug;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.debug.DebugExporterConfig.Verbosity;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.text.OtlpText;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Writes a line of counts for each batch, and with more verbosity a text of what is in it. Writing blocks and text takes long to make, so
 * both are done off the loop, one batch after the other.
 */
final class DebugExporter implements Exporter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Verbosity verbosity;
    private final LineOutput output;
    private final LineSampler sampler;
    private final ComponentContext context;
    private Future<?> last = Future.succeededFuture();

    DebugExporter(Verbosity verbosity, LineOutput output, LineSampler sampler, ComponentContext context) {
        this.verbosity = verbosity;
        this.output = output;
        this.sampler = sampler;
        this.context = context;
    }

    @Override
    public Future<?> start() {
        return inOrder(output::open);
    }

    @Override
    public Future<?> stop() {
        return inOrder(output::close);
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return inOrder(() -> write(batch)).map((Outcome) Outcome.ACCEPTED).otherwise(DebugExporter::refusal);
    }

    private void write(Telemetry batch) throws IOException {
        Signal signal = batch.signal();
        write(signal, Summary.title(batch), Summary.counts(batch));
        switch (verbosity) {
            case DETAILED -> write(signal, OtlpText.detailed(signal, batch.wire()), Map.of());
            case NORMAL -> write(signal, OtlpText.normal(signal, batch.wire()), Map.of());
            case NONE, BASIC -> {}
        }
    }

    private void write(Signal signal, String message, Map<String, Integer> fields) throws IOException {
        if (sampler.passes(message)) {
            output.write(signal, message, fields);
        }
    }

    private static Outcome refusal(Throwable failure) {
        return failure instanceof MalformedOtlpException
                ? Outcome.permanent(Reason.INVALID, String.valueOf(failure.getMessage()))
                : Outcome.retryable(Reason.UNAVAILABLE, String.valueOf(failure), RETRY_AFTER);
    }

    private Future<?> inOrder(Work work) {
        Future<?> done = last.transform(any -> context.blocking(() -> {
            work.run();
            return true;
        }));
        last = done;
        return done;
    }

    private interface Work {
        void run() throws IOException;
    }
}
