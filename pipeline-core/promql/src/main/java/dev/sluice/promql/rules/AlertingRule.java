package dev.sluice.promql.rules;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.promql.syntax.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule that makes an alert of each element of its result. */
public final class AlertingRule extends Rule {
    /** For so long resolved alerts are sent again, in case that nobody heard the first time. */
    private static final long RESOLVED_RETENTION = 15 * 60_000L;

    /** A validity ends after so many intervals without news: two evaluations or messages may fail. */
    private static final int VALID_INTERVALS = 4;

    private static final long MILLIS = 1000;

    private final RuleSpec.Alerting spec;
    private final Expander expander;
    private Map<Labels, TrackedAlert> active = new LinkedHashMap<>();
    /** The alerts that this evaluation's result stands for. */
    private final Map<Labels, TrackedAlert> found = new LinkedHashMap<>();

    private long evaluation;
    /** Up to then alerts from before a restart stay as they are, even if the result lacks them. */
    private long settledAt;

    AlertingRule(RuleSpec.Alerting spec, QueryOptions options, Expander expander) throws ParseException {
        super(spec.expr(), options);
        this.spec = spec;
        this.expander = expander;
    }

    @Override
    public RuleSpec.Alerting spec() {
        return spec;
    }

    /** All alerts: pending, firing, and those that were resolved not long ago. */
    @Override
    public List<Alert> alerts() {
        return active.values().stream().map(TrackedAlert::snapshot).toList();
    }

    /** Those that are pending or fire. */
    public Stream<Alert> active() {
        return active.values().stream()
                .filter(alert -> alert.state != AlertState.INACTIVE)
                .map(TrackedAlert::snapshot);
    }

    /** How many alerts are in a state. */
    public int count(AlertState state) {
        int count = 0;
        for (TrackedAlert alert : active.values()) {
            count += alert.state == state ? 1 : 0;
        }
        return count;
    }

    /** The furthest that any of the rule's alerts has got. */
    public AlertState state() {
        AlertState furthest = AlertState.INACTIVE;
        for (TrackedAlert alert : active.values()) {
            furthest = alert.state.compareTo(furthest) > 0 ? alert.state : furthest;
        }
        return furthest;
    }

    @Override
    void restore(SavedRule saved, long downAt, long now, long settled) {
        super.restore(saved, downAt, now, settled);
        settledAt = settled;
        for (Alert alert : saved.alerts()) {
            Alert next = Restart.goesOn(alert, spec.holdFor(), downAt, now);
            if (next != null) {
                active.put(next.labels(), new TrackedAlert(next));
            }
        }
    }

    @Override
    void begin(long time) {
        found.clear();
    }

    @Override
    void element(Labels labels, double value, @Nullable NativeHistogram histogram, long time) {
        Expander.Data data = new Expander.Data(spec.name(), labels, value, histogram, time);
        LabelsBuilder alertLabels = new LabelsBuilder(labels).remove(Labels.NAME);
        for (int i = 0; i < spec.labels().size(); i++) {
            alertLabels.set(spec.labels().name(i), expand(spec.labels().value(i), data));
        }
        Labels identity = alertLabels.set("alertname", spec.name()).labels();
        LabelsBuilder annotations = new LabelsBuilder(Labels.EMPTY);
        for (int i = 0; i < spec.annotations().size(); i++) {
            annotations.set(
                    spec.annotations().name(i), expand(spec.annotations().value(i), data));
        }
        if (found.put(identity, new TrackedAlert(identity, annotations.labels(), value, time)) != null) {
            throw new RuleException("vector contains metrics with the same labelset after applying alert labels");
        }
    }

    private String expand(String template, Expander.Data data) {
        return template.contains("{{") ? expander.expand(template, data) : template;
    }

    @Override
    void end(long time, int limit) {
        evaluation++;
        for (TrackedAlert alert : found.values()) {
            TrackedAlert known = active.get(alert.labels);
            if (known == null || known.state == AlertState.INACTIVE) {
                active.put(alert.labels, alert);
                known = alert;
            }
            known.value = alert.value;
            known.annotations = alert.annotations;
            known.seenIn = evaluation;
        }
        int count = 0;
        for (Iterator<TrackedAlert> all = active.values().iterator(); all.hasNext(); ) {
            TrackedAlert alert = all.next();
            if (alert.seenIn == evaluation) {
                alert.keepFiringSince = 0;
            } else if (!settling(alert, time) && !keepsFiring(alert, time)) {
                if (gone(alert, time)) {
                    all.remove();
                } else if (alert.state != AlertState.INACTIVE) {
                    alert.state = AlertState.INACTIVE;
                    alert.resolvedAt = time;
                }
                continue;
            }
            count++;
            if (alert.seenIn == evaluation || alert.state == AlertState.FIRING) {
                alert.advance(time, spec.holdFor());
            }
            samples.add(alert.stateSeries(), 1, null);
            samples.add(alert.forStateSeries(), (double) Math.floorDiv(alert.activeAt, MILLIS), null);
        }
        if (limit > 0 && count > limit) {
            active.clear();
            throw new RuleException("exceeded limit of " + limit + " with " + count + " alerts");
        }
    }

    private boolean settling(TrackedAlert alert, long time) {
        return time < settledAt && alert.state != AlertState.INACTIVE;
    }

    private boolean keepsFiring(TrackedAlert alert, long time) {
        if (alert.state != AlertState.FIRING || spec.keepFiringFor() <= 0) {
            return false;
        }
        if (alert.keepFiringSince == 0) {
            alert.keepFiringSince = time;
        }
        return time - alert.keepFiringSince < spec.keepFiringFor();
    }

    private static boolean gone(TrackedAlert alert, long time) {
        return alert.state == AlertState.PENDING
                || (alert.resolvedAt != 0 && time - alert.resolvedAt > RESOLVED_RETENTION);
    }

    /** Sends what has changed and what is due again. */
    void send(long time, long resendDelay, long interval, AlertSink sink) {
        List<Alert> due = new ArrayList<>();
        for (TrackedAlert alert : active.values()) {
            if (alert.needsSending(time, resendDelay)) {
                alert.lastSentAt = time;
                alert.validUntil = time + VALID_INTERVALS * Math.max(interval, resendDelay);
                due.add(alert.snapshot());
            }
        }
        if (!due.isEmpty()) {
            sink.send(spec, due);
        }
    }

    @Override
    void takeOver(Rule older) {
        super.takeOver(older);
        if (older instanceof AlertingRule rule) {
            active = new LinkedHashMap<>(rule.active);
            evaluation = rule.evaluation;
        }
    }
}
