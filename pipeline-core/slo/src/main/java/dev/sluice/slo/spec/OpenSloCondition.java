package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFloat;
import dev.sluice.slo.spec.OpenSloDocuments.Document;
import dev.sluice.yaml.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A condition on the burn rate.
 *
 * @param words for what the burn rate is while the condition holds
 * @param after so long it must hold before somebody is told
 */
record OpenSloCondition(String name, BurnRate rate, String words, Duration after, String description) {
    private static final List<String> KEYS = List.of("kind", "op", "threshold", "lookbackWindow", "alertAfter");
    private static final String BURN_RATE = "burnrate";
    private static final Comparison ABOVE = new Comparison(">", "above");
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "gt", ABOVE,
            "gte", new Comparison(">=", "at or above"),
            "lt", new Comparison("<", "below"),
            "lte", new Comparison("<=", "at or below"));

    /** An operator of PromQL, and in words. */
    private record Comparison(String operator, String words) {}

    /** @param period that the window must be shorter than; zero where it is not known */
    static OpenSloCondition read(Document document, Duration period, Findings findings) {
        Fields spec = document.spec();
        String severity = spec.required("severity");
        Fields condition = findings.required(spec, "condition", "Condition", KEYS);
        String kind = condition.text("kind");
        if (!kind.isEmpty() && !kind.equals(BURN_RATE)) {
            condition.problem(condition.mark("kind"), "kind must be " + BURN_RATE + ", not \"" + kind + "\"");
        }
        Comparison comparison = comparison(condition, findings);
        double threshold = condition.number("threshold", 0);
        if (!(threshold > 0)) {
            condition.problem(condition.mark("threshold"), "threshold must be above 0");
        }
        Duration window = OpenSloDuration.read(condition, "lookbackWindow");
        if (period.isPositive() && window.compareTo(period) >= 0) {
            condition.problem(
                    condition.mark("lookbackWindow"), "lookbackWindow must be shorter than the period of the SLO");
        }
        return new OpenSloCondition(
                document.name(),
                new BurnRate(severity, window, window, comparison.operator(), threshold),
                comparison.words() + " " + GoFloat.g(threshold),
                after(condition),
                spec.text("description"));
    }

    private static Comparison comparison(Fields condition, Findings findings) {
        String op = condition.text("op");
        Comparison comparison = COMPARISONS.get(op);
        if (comparison == null) {
            condition.problem(condition.mark("op"), "op must be one of gt, gte, lt and lte, not \"" + op + "\"");
            return ABOVE;
        }
        if (comparison.operator().startsWith("<")) {
            findings.warn(
                    condition.mark("op"),
                    op + " is taken at its word: the alert fires while the budget burns slowly or not at all, not as"
                            + " with gte while it burns fast");
        }
        return comparison;
    }

    private static Duration after(Fields condition) {
        boolean none =
                !condition.has("alertAfter") || condition.text("alertAfter").matches("0[a-z]*");
        return none ? Duration.ZERO : OpenSloDuration.read(condition, "alertAfter");
    }
}
