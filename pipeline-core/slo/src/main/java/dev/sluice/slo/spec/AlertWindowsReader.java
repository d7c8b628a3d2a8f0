package dev.sluice.slo.spec;

import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.promql.text.PrometheusDuration.DurationException;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads documents of Sloth's kind {@code AlertWindows}. */
final class AlertWindowsReader {
    static final String KIND = "AlertWindows";

    private final Findings findings;

    AlertWindowsReader(Findings findings) {
        this.findings = findings;
    }

    /** Empty where there is a problem. */
    Optional<AlertWindows> read(ConfigNode root) {
        int before = findings.problems().size();
        Fields document = findings.fields(root, KIND, List.of("apiVersion", "kind", "metadata", "spec"));
        must(document, "apiVersion", SloFormat.SLOTH_KINDS);
        must(document, "kind", KIND);
        Fields spec = required(document, "spec", List.of("sloPeriod", "page", "ticket"));
        Duration period = duration(spec, "sloPeriod");
        Fields page = required(spec, "page", List.of("quick", "slow"));
        Fields ticket = required(spec, "ticket", List.of("quick", "slow"));
        AlertWindows windows = new AlertWindows(
                period,
                pair(page, "quick", period),
                pair(page, "slow", period),
                pair(ticket, "quick", period),
                pair(ticket, "slow", period));
        return findings.problems().size() == before ? Optional.of(windows) : Optional.empty();
    }

    private static void must(Fields document, String key, String value) {
        if (!document.text(key).equals(value)) {
            document.problem(document.mark(key), key + " must be " + value + ", not \"" + document.text(key) + "\"");
        }
    }

    private AlertWindows.Pair pair(Fields severity, String key, Duration period) {
        Fields pair = required(severity, key, List.of("errorBudgetPercent", "shortWindow", "longWindow"));
        double percent = pair.number("errorBudgetPercent", 0);
        if (!(percent > 0 && percent <= 100)) {
            pair.problem(pair.mark("errorBudgetPercent"), "errorBudgetPercent must be above 0 and at most 100");
        }
        Duration shortWindow = duration(pair, "shortWindow");
        Duration longWindow = duration(pair, "longWindow");
        if (longWindow.isPositive() && shortWindow.compareTo(longWindow) >= 0) {
            pair.problem(pair.mark("shortWindow"), "shortWindow must be shorter than longWindow");
        }
        if (period.isPositive() && longWindow.compareTo(period) >= 0) {
            pair.problem(pair.mark("longWindow"), "longWindow must be shorter than sloPeriod");
        }
        return new AlertWindows.Pair(percent, shortWindow, longWindow);
    }

    private static Duration duration(Fields fields, String key) {
        String text = fields.required(key);
        try {
            Duration duration = Duration.ofNanos(PrometheusDuration.parse(text));
            if (!duration.isPositive()) {
                fields.problem(fields.mark(key), key + " must be above 0");
            }
            return duration;
        } catch (DurationException e) {
            if (!text.isBlank()) {
                fields.problem(fields.mark(key), String.valueOf(e.getMessage()));
            }
            return Duration.ZERO;
        }
    }

    private Fields required(Fields outer, String key, List<String> keys) {
        return findings.required(outer, key, key, keys);
    }
}
