package dev.sluice.slo.intake;

import dev.sluice.api.Telemetry;
import dev.sluice.prometheus.Drops;
import dev.sluice.slo.series.Interests;
import dev.sluice.slo.series.RuleSelectors;
import dev.sluice.slo.series.SampleBatch;
import dev.sluice.slo.series.SampleBatchWriter;
import dev.sluice.slo.series.SeriesConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes samples of telemetry for the rules: one an intake loop. The batches that it gives are for the {@link dev.sluice.slo.series.SeriesStore} on the
 * loop of the rules, which takes them in their order.
 */
public final class SampleIntake {
    private static final long SWEEP = Duration.ofMinutes(1).toNanos();

    /** A sender that exports once an hour is looked at anew each time. */
    private static final long REMEMBERED = Duration.ofMinutes(30).toNanos();

    private final SampleBatchWriter writer = new SampleBatchWriter();
    private final MetricIntake metrics;
    private final CountIntake counts;
    private long sweptAt;

    /** @param drops told of points that Prometheus has no way to say */
    public SampleIntake(SeriesConfig config, RuleSelectors selectors, Drops drops) {
        Interests interests = new Interests(selectors);
        metrics = new MetricIntake(config, interests, writer, drops);
        counts = new CountIntake(config, interests, writer);
    }

    /**
     * The samples of a batch, or {@code null} if no rule reads any of it.
     *
     * @param now of the monotonic clock, in nanoseconds
     * @throws dev.sluice.otlp.MalformedOtlpException for bytes that are no OTLP
     */
    public @Nullable SampleBatch take(Telemetry batch, long now) {
        if (now - sweptAt > SWEEP) {
            sweptAt = now;
            metrics.sweep(now - REMEMBERED);
            counts.sweep(now - REMEMBERED);
        }
        switch (batch) {
            case Telemetry.Metrics m -> metrics.take(m.wire(), now);
            case Telemetry.Traces t -> counts.traces(t.wire(), now);
            case Telemetry.Logs l -> counts.logs(l.wire(), now);
        }
        return writer.take();
    }
}
