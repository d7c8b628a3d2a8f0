package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.prometheus.Drops;
import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.slo.intake.SampleIntake;
import dev.sluice.slo.series.SampleBatch;
import dev.sluice.slo.series.SampleLoss;
import dev.sluice.slo.series.SeriesStore;
import dev.sluice.slo.series.StoreListener;
import dev.sluice.slo.series.WatchedRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much rules keep in memory. */
class SizeTest implements StoreListener {
    private static final long MIB = 1 << 20;
    private static final int STEP = 10;

    /** Buckets, that to infinity among them. */
    private static final int BUCKETS = 15;

    private final SloConfig config = Stage.config(Stage.VERBATIM);
    private final RuleSources.Loaded loaded = RuleSources.load(config);
    private final SeriesStore store =
            new SeriesStore(loaded.selectors(), config.series().limits(), this);
    private final SampleIntake intake = new SampleIntake(
            config.series(), loaded.selectors(), new Drops(reason -> count -> {}, (metric, reason) -> {}));
    private long rejected;

    @Test
    void verbatimRuleOverFiveHundredPathsHoldsLessThanEightMebibytes() {
        List<Requests> services = services(500);
        for (int time = 0; time <= 900; time += STEP) {
            export(services, time);
        }
        assertThat(store.size()).isEqualTo(500 * BUCKETS);
        assertThat(rejected).isZero();
        assertThat(store.bytes()).isBetween(MIB, 8 * MIB);
    }

    @Test
    void ofAMillionSeriesAHundredThousandAreKeptAndAreRightAndTheRestIsCounted() throws Exception {
        int paths = 70_000;
        List<Requests> services = services(paths);
        for (int time = 0; time < 2 * STEP; time += STEP) {
            export(services, time);
        }
        int kept = config.series().limits().maxSeries();
        assertThat(store.size()).isEqualTo(kept);
        assertThat(rejected).isEqualTo(2L * (paths * BUCKETS - kept));
        VectorValue slow = (VectorValue) Query.compile(
                        "count(increase(http_request_duration_seconds_bucket{le=\"+Inf\"}[1m]) > 0)",
                        QueryOptions.DEFAULT)
                .at(store, Stage.BEGIN + STEP * 1000L)
                .value();
        assertThat(slow.vector().value(0)).isBetween((double) kept / BUCKETS - 1, (double) kept / BUCKETS + 1);
    }

    private void export(List<Requests> services, long seconds) {
        long time = Stage.BEGIN + seconds * 1000;
        for (Requests service : services) {
            service.serve(5, 0.06);
            SampleBatch batch = intake.take(service.export(time), seconds * 1_000_000_000);
            if (batch != null) {
                store.accept(batch, time);
            }
        }
        store.settle(time);
    }

    private static List<Requests> services(int count) {
        List<Requests> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(new Requests("api-gateway", "/path/" + i));
        }
        return services;
    }

    @Override
    public void rejected(WatchedRule rule) {
        rejected++;
    }

    @Override
    public void dropped(SampleLoss reason) {
        throw new AssertionError("a sample was dropped: " + reason);
    }
}
