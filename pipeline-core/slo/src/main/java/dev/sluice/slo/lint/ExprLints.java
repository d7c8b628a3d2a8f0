package dev.sluice.slo.lint;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.syntax.ParenExpr;
import dev.sluice.promql.syntax.Span;
import dev.sluice.promql.syntax.VectorSelector;
import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.slo.file.ExprPlace;
import java.util.List;
import java.util.Set;

/** The lints of one expression. */
final class ExprLints {
    private static final long NANOS = 1_000_000;

    /** Functions that give nothing for a single sample. */
    private static final Set<String> TWO_SAMPLES = Set.of("rate", "increase", "delta", "irate", "idelta", "deriv");

    private final String rule;
    private final ExprPlace place;
    private final Set<String> recorded;
    private final Capture capture;
    private final List<Finding> findings;

    ExprLints(String rule, ExprPlace place, Set<String> recorded, Capture capture, List<Finding> findings) {
        this.rule = rule;
        this.place = place;
        this.recorded = recorded;
        this.capture = capture;
        this.findings = findings;
    }

    void walk(Expr expr) {
        switch (expr) {
            case VectorSelector e -> selector(e, 0);
            // What is to be absent may well be so now.
            case Call e when e.function().name().startsWith("absent") -> {}
            case Call e
            when TWO_SAMPLES.contains(e.function().name())
                    && e.arguments().getFirst() instanceof MatrixSelector range ->
                selector(range.selector(), range.range() / NANOS);
            case AggregateExpr e -> {
                grouping(e);
                walkBelow(e);
            }
            case BinaryExpr e -> {
                threshold(e);
                walkBelow(e);
            }
            default -> walkBelow(expr);
        }
    }

    private void walkBelow(Expr expr) {
        expr.children().forEach(this::walk);
    }

    /**
     * L1, L3, L4 and L6.
     *
     * @param range in milliseconds, that must hold two samples; 0 where one is enough
     */
    private void selector(VectorSelector selector, long range) {
        if (made(selector)) {
            return;
        }
        List<Series> found = capture.matching(selector.matchers());
        if (found.isEmpty()) {
            add("L1", selector.span(), "matches nothing: " + Nearest.to(selector.matchers(), capture.all()));
            return;
        }
        interval(selector, range, found);
        BucketBounds bounds = BucketBounds.of(found);
        if (bounds.millisecondsForSeconds(selector.name())) {
            add(
                    "L3",
                    selector.span(),
                    "seconds in buckets made for milliseconds (0, 5, 10, 25 …): whatever is below 5 s is in one bucket, and a"
                            + " p95 is 4.75 always. Give the histogram bounds in seconds");
        }
        String name = found.getFirst().labels().metricName();
        if (capture.delta(name)) {
            findings.add(new Finding(
                    "L6",
                    place.at(selector.span().start()),
                    rule,
                    name
                            + " is sent as deltas. Sluice adds them up for its rules; a Prometheus would have no rate of them",
                    true));
        }
    }

    private void interval(VectorSelector selector, long range, List<Series> found) {
        long interval = ExportInterval.of(found);
        if (range > 0 && interval > 0 && range < 2 * interval) {
            add(
                    "L4",
                    selector.span(),
                    "looks back " + PrometheusDuration.text(range * NANOS) + ", and samples come every "
                            + PrometheusDuration.text(interval * NANOS)
                            + ": a rate needs two. Look back at least twice as long, or export more often"
                            + " (OTEL_METRIC_EXPORT_INTERVAL)");
        }
    }

    /** L5. */
    private void grouping(AggregateExpr aggregation) {
        if (aggregation.without()) {
            return;
        }
        Operand operand = Operand.of(aggregation.operand());
        if (operand.relabels() || operand.selectors().stream().anyMatch(this::made)) {
            return;
        }
        List<Series> found = operand.selectors().stream()
                .flatMap(selector -> capture.matching(selector.matchers()).stream())
                .toList();
        for (String label : aggregation.grouping()) {
            if (!found.isEmpty()
                    && found.stream().allMatch(s -> s.labels().get(label).isEmpty())) {
                add(
                        "L5",
                        aggregation.span(),
                        "no series has the label " + label + " of by; they have "
                                + names(found.getFirst().labels()));
            }
        }
    }

    private static String names(Labels labels) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.name(i).equals(Labels.NAME)) {
                names.append(names.isEmpty() ? "" : ", ").append(labels.name(i));
            }
        }
        return names.isEmpty() ? "none" : names.toString();
    }

    /** L2: a quantile held against a number. */
    private void threshold(BinaryExpr comparison) {
        if (!comparison.op().comparison()) {
            return;
        }
        Expr left = plain(comparison.left());
        Expr right = plain(comparison.right());
        if (left instanceof NumberLiteral number) {
            threshold(right, number);
        } else if (right instanceof NumberLiteral number) {
            threshold(left, number);
        }
    }

    private void threshold(Expr compared, NumberLiteral number) {
        if (!(compared instanceof Call call) || !call.function().name().equals("histogram_quantile")) {
            return;
        }
        for (VectorSelector selector : Operand.of(call).selectors()) {
            String around =
                    BucketBounds.of(capture.matching(selector.matchers())).around(number.value());
            if (!around.isEmpty()) {
                add(
                        "L2",
                        number.span(),
                        number + " lies inside the bucket " + around
                                + ", where a quantile is only interpolated: it may fire late or never. Make " + number
                                + " a bound of the histogram, or compare with one");
            }
        }
    }

    private static Expr plain(Expr expr) {
        return expr instanceof ParenExpr paren ? plain(paren.inner()) : expr;
    }

    /** Whether a rule makes the series, not telemetry. */
    private boolean made(VectorSelector selector) {
        for (Matcher matcher : selector.matchers()) {
            if (matcher.name().equals(Labels.NAME)) {
                return matcher.type() == MatchType.EQUAL
                        ? recorded.contains(matcher.value())
                        : recorded.stream().anyMatch(matcher::matches);
            }
        }
        return false;
    }

    private void add(String lint, Span span, String message) {
        findings.add(new Finding(lint, place.at(span.start()), rule, message, false));
    }
}
