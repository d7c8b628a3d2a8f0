package dev.sluice.slo.rules;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.Channel;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.prometheus.Drops;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.AlertTemplates;
import dev.sluice.promql.rules.SourceQueries;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.alert.AlertActions;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.slo.intake.SampleIntake;
import dev.sluice.slo.series.SampleBatch;
import dev.sluice.slo.series.SeriesStore;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What the processor and the connector {@code slo} are made of. On every loop it makes samples of telemetry; on the first, where samples of all loops
 * come together, it evaluates the rules. On its loop.
 */
public final class SloRules {
    /** Of what changes at once, no more than this many lines: a log is read by people. */
    private static final int MOST_LOGGED = 10;

    private final SloConfig config;
    private final Telling telling;
    private final RuleOutput output;
    private final ComponentContext context;
    private final Channel<SampleBatch> channel;
    private final AlertActions actions;
    private @Nullable SampleIntake intake;
    private @Nullable RuleSet rules;
    private @Nullable StateKeeper keeper;
    private @Nullable RuleReports reports;

    /**
     * How alerts are told of.
     *
     * @param external labels that templates know as external ones
     * @param url where people find this Sluice; may be empty
     */
    public record Telling(Duration resendDelay, Map<String, String> external, String url) {}

    /** What goes on after a reload. */
    private record Left(RuleSet rules, RuleReports reports) {}

    /** @param config valid */
    public SloRules(SloConfig config, Telling telling, RuleOutput output, ComponentContext context) {
        this.config = config;
        this.telling = telling;
        this.output = output;
        this.context = context;
        channel = context.channel(this::take);
        actions = new AlertActions(config.actions(), context);
    }

    /** Reads the rules; on the first loop goes on where the rules before a reload or a restart were. */
    public Future<?> start() {
        return context.blocking(() -> RuleSources.load(config)).compose(loaded -> {
            intake = new SampleIntake(config.series(), loaded.selectors(), drops());
            return channel.owner() ? evaluate(loaded) : Future.succeededFuture();
        });
    }

    private Future<?> evaluate(RuleSources.Loaded loaded) {
        RuleMeters meters = new RuleMeters(context);
        SeriesStore store = new SeriesStore(loaded.selectors(), config.series().limits(), meters);
        AlertTemplates templates = new AlertTemplates(
                Labels.of(telling.external()),
                URI.create(telling.url()),
                new SourceQueries(store, QueryOptions.DEFAULT));
        RuleSet set;
        try {
            set = new RuleSet(
                    loaded.groups(),
                    config.evaluation(),
                    telling.resendDelay(),
                    store,
                    templates,
                    meters,
                    new Acting(),
                    context);
        } catch (ParseException e) {
            return Future.failedFuture(e);
        }
        RuleReports made = new RuleReports(set, meters);
        Left older = context.inherited() instanceof Left before ? before : null;
        if (older != null) {
            set.takeOver(older.rules);
            made.takeOver(older.reports);
        }
        reports = made;
        context.rules(made::report);
        return keep(set, store, older == null).onSuccess(ready -> {
            rules = set;
            set.start();
        });
    }

    /** Sees to it that what the rules know is kept, if there is a place for it. */
    private Future<?> keep(RuleSet set, SeriesStore store, boolean restarted) {
        ComponentId storage = config.storage();
        if (storage == null) {
            return Future.succeededFuture();
        }
        return context.storage(storage)
                .compose(directory -> context.blocking(() -> restarted ? StateKeeper.read(directory, context) : null)
                        .map(saved -> {
                            if (saved != null) {
                                set.restore(saved);
                            }
                            StateKeeper made = new StateKeeper(set, store, directory, context);
                            keeper = made;
                            made.start();
                            return made;
                        }));
    }

    /**
     * Shows telemetry to the rules. The answer is there when the first loop has its samples, whether or not a rule has been evaluated; it is a refusal
     * where that loop cannot keep up.
     */
    public Future<Outcome> observe(Telemetry batch) {
        SampleIntake made = intake;
        SampleBatch samples =
                made == null ? null : made.take(batch, context.clock().nanoTime());
        return samples == null ? Outcome.accepted() : channel.send(samples);
    }

    private Future<Outcome> take(SampleBatch batch) {
        RuleSet set = rules;
        if (set != null) {
            set.accept(batch);
        }
        return Outcome.accepted();
    }

    /** The rules at work; null on other loops than the first, and before the start. */
    public @Nullable RuleSet rules() {
        return rules;
    }

    /** Legal unstarted and twice. */
    public Future<?> stop() {
        RuleSet set = rules;
        rules = null;
        intake = null;
        if (set == null) {
            return Future.succeededFuture();
        }
        set.stop();
        context.bequeath(new Left(set, requireNonNull(reports)));
        StateKeeper keeping = keeper;
        keeper = null;
        return Future.join(actions.stop(), keeping == null ? Future.succeededFuture() : keeping.stop());
    }

    private Drops drops() {
        return new Drops(
                reason -> context.meters()
                        .counter(
                                "rule_engine_points_dropped",
                                "{datapoint}",
                                "Data points that rules do not see, since Prometheus has no way to say them.",
                                Map.of("reason", reason.key()))::add,
                (metric, reason) ->
                        context.log().warn("Rules do not see points of metric \"{}\": {}", metric, reason.key()));
    }

    /** Does what is to be done about alerts, besides telling of them. */
    private final class Acting implements RuleOutput {
        @Override
        public void alerts(List<AlertNotice> notices) {
            List<AlertNotice> changes =
                    notices.stream().filter(notice -> !notice.repeat()).toList();
            changes.stream().limit(MOST_LOGGED).forEach(this::log);
            RuleReports told = reports;
            if (told != null) {
                changes.forEach(told::changed);
            }
            actions.on(notices);
            output.alerts(notices);
        }

        private void log(AlertNotice notice) {
            context.log()
                    .atLevel(notice.phase() == AlertPhase.FIRING ? Level.WARN : Level.INFO)
                    .log(
                            "Alert {} {}: value {}",
                            notice.labels(),
                            notice.phase().text(),
                            notice.value());
        }

        @Override
        public void series(Bytes metrics) {
            output.series(metrics);
        }
    }
}
