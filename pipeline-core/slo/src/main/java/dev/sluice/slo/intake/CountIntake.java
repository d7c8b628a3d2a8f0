package dev.sluice.slo.intake;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.otlp.view.SpanView;
import dev.sluice.otlp.view.TracesView;
import dev.sluice.prometheus.Fingerprint;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.slo.condition.Item;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.slo.series.CountSignal;
import dev.sluice.slo.series.Interests;
import dev.sluice.slo.series.SampleBatchWriter;
import dev.sluice.slo.series.SeriesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Counts spans and log records for the rules. Of a request each set of labels gives one point, at the time of its latest item; the points of all
 * loops are added up where the rules are.
 */
final class CountIntake {
    private final SampleBatchWriter writer;
    private final PointOpener opener;
    private final List<CountPlan> spanPlans;
    private final List<CountPlan> logPlans;
    private final SeriesIndex tallies;
    private final List<Tally> counted = new ArrayList<>();
    private final long seed = RandomGenerator.getDefault().nextLong();
    private final Fingerprint resource = new Fingerprint(seed);
    private final Fingerprint key = new Fingerprint(seed);
    private final TracesView traces = new TracesView();
    private final LogsView logs = new LogsView();
    private final Item.Span span = new Item.Span(traces.span(), traces.resource());
    private final Item.Log log = new Item.Log(logs.record(), logs.resource());
    private int resourceNumber;

    CountIntake(SeriesConfig config, Interests interests, SampleBatchWriter writer) {
        this.writer = writer;
        opener = new PointOpener(interests);
        spanPlans = plans(config, CountSignal.TRACES, interests);
        logPlans = plans(config, CountSignal.LOGS, interests);
        tallies = new SeriesIndex(config.limits().maxSeries());
    }

    private static List<CountPlan> plans(SeriesConfig config, CountSignal signal, Interests interests) {
        List<CountPlan> plans = new ArrayList<>();
        for (CountConfig count : config.counts()) {
            CountPlan plan = count.signal() == signal ? CountPlan.of(count, interests) : null;
            if (plan != null) {
                plans.add(plan);
            }
        }
        return plans;
    }

    /** Writes what is counted of a request of spans. {@code now} is of the monotonic clock. */
    void traces(Bytes request, long now) {
        if (spanPlans.isEmpty()) {
            return;
        }
        begin();
        traces.reset(request);
        while (traces.next()) {
            resource(traces.resourceNumber(), span);
            SpanView view = traces.span();
            for (int i = 0; i < spanPlans.size(); i++) {
                CountPlan plan = spanPlans.get(i);
                double value = value(plan, span);
                if (!Double.isNaN(value)) {
                    tally(plan, i, span, now)
                            .add(
                                    value,
                                    MetricIntake.millis(view.endTime()),
                                    view.traceIdHigh(),
                                    view.traceIdLow(),
                                    view.spanIdBits());
                }
            }
        }
        end();
    }

    /** Writes what is counted of a request of log records. {@code now} is of the monotonic clock. */
    void logs(Bytes request, long now) {
        if (logPlans.isEmpty()) {
            return;
        }
        begin();
        logs.reset(request);
        while (logs.next()) {
            resource(logs.resourceNumber(), log);
            LogRecordView view = logs.record();
            for (int i = 0; i < logPlans.size(); i++) {
                CountPlan plan = logPlans.get(i);
                double value = value(plan, log);
                if (!Double.isNaN(value)) {
                    // Numbered behind the plans of spans.
                    tally(plan, spanPlans.size() + i, log, now)
                            .add(
                                    value,
                                    MetricIntake.millis(view.time() == 0 ? view.observedTime() : view.time()),
                                    view.traceIdHigh(),
                                    view.traceIdLow(),
                                    view.spanIdBits());
                }
            }
        }
        end();
    }

    /** NaN for what is not counted. */
    private static double value(CountPlan plan, Item item) {
        return plan.counts(item) ? plan.value(item) : Double.NaN;
    }

    private void begin() {
        resourceNumber = 0;
    }

    private void resource(int number, Item item) {
        if (number != resourceNumber) {
            resourceNumber = number;
            resource.clear()
                    .add(
                            item.resource().array(),
                            item.resource().start(),
                            item.resource().length());
        }
    }

    private Tally tally(CountPlan plan, int number, Item item, long now) {
        key.set(resource).add(number);
        for (CountPlan.Attribute attribute : plan.attributes()) {
            AnyValueView value = attribute.value(item);
            if (value == null) {
                key.add(-1);
            } else {
                key.add(value.array(), value.start(), value.end() - value.start());
            }
        }
        Tally tally = tallies.find(key, now) instanceof Tally known ? known : opened(plan, item, now);
        if (tally.begins()) {
            counted.add(tally);
        }
        return tally;
    }

    private Tally opened(CountPlan plan, Item item, long now) {
        Tally made = new Tally(opener.open(plan, item));
        tallies.put(key, made, now);
        return made;
    }

    private void end() {
        counted.forEach(tally -> tally.write(writer));
        counted.clear();
    }

    /** Forgets what was not counted since that time of the monotonic clock. */
    void sweep(long before) {
        tallies.sweep(before);
    }
}
